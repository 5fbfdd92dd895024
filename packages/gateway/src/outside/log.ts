import pino from 'pino'
import type { Log } from '../core/ports.ts'
import { redact } from './log-redact.ts'

export type LogOptions = {
  readonly mode: 'sandbox' | 'live'
  /** Quieter in the sandbox, where a person reads the terminal and `info` would bury what start-up printed. */
  readonly level?: 'info' | 'warn' | 'error' | 'silent'
  /** Takes each line; standard error by default, because standard output belongs to the answers of commands. */
  readonly write?: (line: string) => void
}

/** A JSON object a line: `level`, `time` (ISO 8601), `event`, and the fields with secrets blanked. */
export function openLog(options: LogOptions): Log {
  const settings: pino.LoggerOptions = {
    level: options.level ?? (options.mode === 'sandbox' ? 'warn' : 'info'),
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  }
  // Synchronous: what was said right before a crash is what one wants to read after it.
  const write = options.write
  const logger = pino(settings, write === undefined ? pino.destination({ fd: 2, sync: true }) : { write })
  return {
    info: (event, fields = {}) => logger.info(redact(fields), event),
    warn: (event, fields = {}) => logger.warn(redact(fields), event),
    error: (event, fields = {}) => logger.error(redact(fields), event),
  }
}
