import { randomUUID } from 'node:crypto'
import { startSimulators } from './start.ts'

/** Environment: PORT (4002), HOST (127.0.0.1), SEED (drawn anew), ALLOW_REMOTE (`yes` lets other machines in). */
const { PORT = '4002', HOST = '127.0.0.1', SEED = randomUUID(), ALLOW_REMOTE } = process.env

const port = Number(PORT)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`PORT: ${JSON.stringify(PORT)} is no port\n`)
  process.exit(2)
}

const simulators = await startSimulators({
  port,
  host: HOST,
  seed: SEED,
  allowRemote: ALLOW_REMOTE === 'yes',
}).catch((fault: unknown) => {
  process.stderr.write(
    `the simulators cannot start: ${fault instanceof Error ? fault.message : String(fault)}\n`,
  )
  process.exit(1)
})
process.stdout.write(`simulators at ${simulators.url}, seed ${SEED}\n`)

let stopping = false
const stop = (): void => {
  if (stopping) return
  stopping = true
  void simulators.close()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
