import type { Ports } from '../ports.ts'
import { newestMigration } from './health.sql.ts'

export type Readiness = {
  readonly database: 'answers' | 'silent'
  /** `behind`: some migration that this program needs has not been applied. */
  readonly migrations: 'current' | 'behind' | 'unknown'
}

const patienceMs = 2000

/** Whether requests can be served: the database answers in time and has all migrations that this program knows. */
export async function checkReady(ports: Pick<Ports, 'db'>, needed: number): Promise<Readiness> {
  const number = await inTime(newestMigration(ports.db))
  if (number === null) return { database: 'silent', migrations: 'unknown' }
  return { database: 'answers', migrations: number >= needed ? 'current' : 'behind' }
}

/** Null when it throws or takes too long: a probe has to answer, above all when something is wrong. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), patienceMs)
  })
  const first = await Promise.race([work.catch(() => null), late])
  clearTimeout(timer)
  return first
}
