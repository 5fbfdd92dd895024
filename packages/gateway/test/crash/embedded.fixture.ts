// A process that supervises the embedded server of the folder it is given, tells about it in one line of JSON, and stops
// it at SIGTERM. Tests kill it in less friendly ways.
import { EmbeddedFault } from '../../src/outside/embedded-postgres/fault.ts'
import { startEmbedded } from '../../src/outside/embedded-postgres/start.ts'

const [dataFolder = ''] = process.argv.slice(2)
try {
  const embedded = await startEmbedded({ dataFolder, doing: 'a test', say: tell })
  const { connectionString, adopted, pid, socketFolder } = embedded
  process.stdout.write(`${JSON.stringify({ connectionString, adopted, pid, socketFolder })}\n`)
  process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)))
} catch (error) {
  if (!(error instanceof EmbeddedFault)) throw error
  process.stdout.write(`${JSON.stringify({ code: error.code, message: error.message })}\n`)
  process.exitCode = 3
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
