import { ConfigFault } from '../config.ts'
import { EmbeddedFault } from '../outside/embedded-postgres/fault.ts'
import { MigrationFault } from '../outside/migrate.ts'
import { CommandFault, UsageFault, exitCodes } from './command.ts'

export type Explained = { readonly code: number; readonly message: string }

/** What a person reads, and the exit code. Faults that we throw on purpose explain themselves; others show their stack. */
export function explainFault(error: unknown): Explained {
  if (error instanceof UsageFault || error instanceof ConfigFault) {
    return { code: exitCodes.usage, message: error.message }
  }
  if (error instanceof EmbeddedFault) {
    return { code: error.code === 'held' ? exitCodes.held : exitCodes.failed, message: error.message }
  }
  if (error instanceof MigrationFault || error instanceof CommandFault) {
    return { code: exitCodes.failed, message: error.message }
  }
  return { code: exitCodes.failed, message: explainSystem(error) }
}

function explainSystem(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  const where = `${address ?? 'this machine'}${port === undefined ? '' : `:${port}`}`
  if (code === 'EADDRINUSE') {
    return `${where} is in use by another program. Stop that one, or choose another port: PORT=4100 npm start`
  }
  if (code === 'EACCES' && port !== undefined) {
    return `${where} may not be used by this user. Choose a port above 1023: PORT=4100 npm start`
  }
  if (code === 'EADDRNOTAVAIL') return `${where} is no address of this machine: set HOST to one that is.`
  if (code === 'ENOSPC') return `the disk is full: ${error.message}`
  return error.stack ?? error.message
}
