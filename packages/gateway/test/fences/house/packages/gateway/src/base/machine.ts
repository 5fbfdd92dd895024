// caught by: rooms base-touches-no-machine
import { readFileSync } from 'node:fs'

export const read = readFileSync
