// caught by: rooms sdk-touches-no-machine
import { request } from 'node:https'

export const call = request
