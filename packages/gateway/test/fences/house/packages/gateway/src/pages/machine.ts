// caught by: rooms pages-touches-no-machine
import { readFileSync } from 'node:fs'

export const read = readFileSync
