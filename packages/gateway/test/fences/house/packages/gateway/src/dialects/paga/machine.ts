// caught by: rooms dialects-touches-no-machine
import { execFile } from 'node:child_process'

export const call = execFile
