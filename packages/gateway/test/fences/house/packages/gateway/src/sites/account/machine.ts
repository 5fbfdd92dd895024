// caught by: rooms sites-touches-no-machine
import { readFileSync } from 'node:fs'

export const read = readFileSync
