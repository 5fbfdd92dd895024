import type { Ports } from '../ports.ts'
import { findDemo, moveDemo } from './organization.sql.ts'

export type DemoAddresses = {
  readonly organizationId: string
  readonly clientId: string
  readonly origins: readonly string[]
  readonly redirectUris: readonly string[]
  readonly notificationUrl: string
}

/** Fits the demo merchant to the ports that today's sandbox has; false when there is no demo data yet. */
export async function keepDemoAddresses({ db }: Pick<Ports, 'db'>, at: DemoAddresses): Promise<boolean> {
  return await moveDemo(db, at)
}

/** Whether anything of the sandbox is in this database: its keys and passwords are public. */
export async function hasDemoData({ db }: Pick<Ports, 'db'>): Promise<boolean> {
  return await findDemo(db)
}
