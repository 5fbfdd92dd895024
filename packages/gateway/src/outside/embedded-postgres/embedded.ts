import type { EmbeddedFault } from './fault.ts'
import type { Running } from './server.ts'

export type EmbeddedOptions = {
  readonly dataFolder: string
  /** What the holder does, for the message that a second one gets: "lango start". */
  readonly doing: string
  /** Progress for people, a line at a time. */
  readonly say?: (line: string) => void
  /** False only for throw-away test clusters: no sync to disk at all. */
  readonly durable?: boolean
}

export type Embedded = {
  readonly connectionString: string
  readonly socketFolder: string
  readonly port: number
  /** The server's process now; another one after a crash, behind the same socket. */
  readonly pid: number
  /** Whether the server already ran, left over from a process that was killed. */
  readonly adopted: boolean
  /** Settles when the server ended and could not be started again. */
  readonly lost: Promise<EmbeddedFault>
  /** Lets running statements end as errors, writes a checkpoint, and gives the folder back. */
  readonly stop: () => Promise<void>
}

/** A server that was started or adopted, before anybody watches over it. */
export type Found = { readonly running: Running; readonly socketFolder: string; readonly adopted: boolean }
