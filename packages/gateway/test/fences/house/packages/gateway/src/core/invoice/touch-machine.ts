// caught by: rooms core-touches-no-machine
import { request } from 'node:http'

export const touchMachine = request
