import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Booked } from '../core/payment/report.ts'
import type { TableSize } from '../core/switch/table-size.ts'
import type { NoticeState } from '../core/notice/notice.ts'

export type Metrics = {
  /** One answered request; `path` is the route's pattern, never what was asked for. */
  readonly observe: (path: string, status: number, seconds: number) => void
  readonly booked: (kind: Booked['kind']) => void
  /** What a try to deliver a notice came to. */
  readonly noticed: (state: Exclude<NoticeState, 'sending'>) => void
  /** A request that a limit of this family turned away. */
  readonly limited: (family: string) => void
  /** All of it in Prometheus' text format, with what was measured just now. */
  readonly print: (
    measured: Readonly<Record<string, number>>,
    tables: readonly TableSize[],
  ) => Promise<string>
}

/** Upper bounds in seconds: from a look-up in memory to the slowest provider. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Counters of this process. Names begin with `lango_`; those of Node and of the process are prom-client's. */
export function openMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'lango_http_request_duration_seconds',
    help: 'Requests answered, by route and class of status.',
    labelNames: ['route', 'status'],
    buckets,
    registers,
  })
  const payments = new Counter({
    name: 'lango_payments_total',
    help: 'Reports of money: booked, repeated, or conflicting with an earlier one.',
    labelNames: ['outcome'],
    registers,
  })
  const tries = new Counter({
    name: 'lango_notice_tries_total',
    help: 'Tries to deliver a notice: delivered, waiting (to be tried again), given-up.',
    labelNames: ['outcome'],
    registers,
  })
  const limited = new Counter({
    name: 'lango_rate_limited_total',
    help: 'Requests that a limit turned away, by family of endpoints.',
    labelNames: ['family'],
    registers,
  })
  const setSizes = tableGauges(registers)
  const gauges = new Map<string, Gauge>()
  const gauge = (name: string): Gauge => {
    const known =
      gauges.get(name) ?? new Gauge({ name: `lango_${snake(name)}`, help: `Now: ${said(name)}.`, registers })
    gauges.set(name, known)
    return known
  }
  return {
    observe: (route, status, seconds) =>
      requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds),
    booked: (outcome) => payments.inc({ outcome }),
    noticed: (outcome) => tries.inc({ outcome }),
    limited: (family) => limited.inc({ family }),
    print: async (measured, tables) => {
      setSizes(tables)
      for (const [name, value] of Object.entries(measured)) gauge(name).set(value)
      return await registry.metrics()
    },
  }
}

function tableGauges(registers: Registry[]): (tables: readonly TableSize[]) => void {
  const labelNames = ['table'] as const
  const rows = new Gauge({
    name: 'lango_table_rows',
    help: 'Rows of tables from which jobs delete what is over; as the database estimates.',
    labelNames,
    registers,
  })
  const bytes = new Gauge({
    name: 'lango_table_bytes',
    help: 'What these tables take with their indexes.',
    labelNames,
    registers,
  })
  return (tables) => {
    for (const each of tables) {
      rows.set({ table: each.table }, each.rows)
      bytes.set({ table: each.table }, each.bytes)
    }
  }
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function said(name: string): string {
  return snake(name).replaceAll('_', ' ')
}
