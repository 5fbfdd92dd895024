// caught by: rooms jobs-touches-no-machine
import { Worker } from 'node:worker_threads'

export const hand = Worker
