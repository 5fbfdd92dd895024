// caught by: rooms wire-touches-no-machine
import { createHash } from 'node:crypto'

export const digest = createHash
