import type { Ground } from './ground/database.ts'
import { postgresCpuMicros } from './ground/database.ts'
import type { Town } from './ground/town.ts'
import type { Loaded } from './load/generator.ts'
import { written, type Requests, type Sent } from './load/requests.ts'
import type { Child } from './servers/start-child.ts'

export type Served = { readonly child: Child; readonly port: number }

/** All that a row needs: one database, the processes around it, and how much to do. */
export type Rig = {
  readonly ground: Ground
  readonly town: Town
  readonly gateway: Served
  /** Another process over the same database, ended by whoever asked for it. */
  readonly openGateway: () => Promise<Served>
  readonly bare: Served
  readonly generator: Child
  readonly size: Size
  /** How the names of the rows begin that are wanted, among those measured beside others. */
  readonly row: string
  readonly say: (line: string) => void
  /** Null where there is none: its rows are not measured. */
  readonly pgbench: string | null
  /** For files that live as long as the bench. */
  readonly folder: string
}

export type Size = {
  readonly name: 'full' | 'quick'
  /** Requests in one measured run. */
  readonly confirms: number
  readonly hotConfirms: number
  readonly checkouts: number
  readonly exchanges: number
  readonly lookUps: number
  readonly logins: number
  /** Alternating runs of the confirms, and of everything else. */
  readonly confirmRounds: number
  readonly rounds: number
}

const connections = 64

/** Runs of each kind thrown away: until then the servers still get quicker from run to run. */
export const warmUps = 2

/** One run of load, with what it cost. */
export type Run = Loaded & {
  readonly rate: number
  /** Microseconds of processor time a request took in the server's process. */
  readonly cpuMicros: number
  /** The same in PostgreSQL's processes; null where they cannot be seen. */
  readonly databaseMicros: number | null
}

/** What every right answer is: its status, 200 if not given, and a text that it holds. */
export type Right = { readonly status?: number; readonly text: string }

export async function load(rig: Rig, served: Served, sent: readonly Sent[], right: Right): Promise<Run> {
  return await loadWritten(rig, served, written(sent), right)
}

async function loadWritten(
  rig: Rig,
  served: Served,
  requests: Requests,
  { status = 200, text }: Right,
): Promise<Run> {
  const { postmaster } = rig.ground
  const before = await served.child.usage()
  const databaseBefore = postmaster === null ? null : postgresCpuMicros(postmaster)
  const given = { port: served.port, connections, requests, status, expect: text }
  const loaded = await rig.generator.ask<Loaded>('load', given)
  const after = await served.child.usage()
  return {
    ...loaded,
    rate: loaded.answered / loaded.seconds,
    cpuMicros: (after.cpuMicros - before.cpuMicros) / loaded.answered,
    databaseMicros:
      postmaster === null || databaseBefore === null
        ? null
        : (postgresCpuMicros(postmaster) - databaseBefore) / loaded.answered,
  }
}

/** The same requests at a server that does nothing but answer as many bytes: the ceiling of this machine and generator. */
export async function ceiling(rig: Rig, sent: readonly Sent[], bodyBytes: number): Promise<Run> {
  await rig.bare.child.ask('answerBytes', bodyBytes)
  return await load(rig, rig.bare, sent, { text: '' })
}
