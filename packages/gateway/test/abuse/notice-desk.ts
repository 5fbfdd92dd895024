/** A database with notices in it and a fixed outside world, for the tests of their delivery. */
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { statement, type Row } from '../../src/base/db.ts'
import { after, instant, seconds, toDate, type Instant, type Seconds } from '../../src/base/time.ts'
import type { Answered, Net, Outgoing } from '../../src/core/ports.ts'
import { findDeliveries, type PastDelivery } from '../../src/core/notice/delivery.sql.ts'
import {
  findNewestNotices,
  listNoticesById,
  type ListedNotice,
} from '../../src/core/notice/notice-list.sql.ts'
import { createOrganization } from '../../src/core/organization/create-organization.ts'
import type { Announcer } from '../../src/core/notice/announcer.ts'
import type { NoticePorts } from '../../src/core/notice/send-notice.ts'
import { openDigests } from '../../src/outside/digests.ts'
import { openIds, systemChance } from '../../src/outside/ids.ts'
import { openPostgres } from '../../src/outside/postgres.ts'
import { openVault } from '../../src/outside/vault.ts'
import { freshDatabase } from '../cluster.ts'

export type Desk = NoticePorts & {
  /** What went out, in order. */
  readonly sent: readonly Outgoing[]
  readonly logged: readonly string[]
  readonly answerWith: (how: (request: Outgoing) => Promise<Answered> | Answered) => void
  readonly pass: (time: Seconds) => void
  readonly now: () => Instant
  readonly write: (notice: Partial<Written>) => Promise<Written>
  readonly listed: (organizationId: string) => Promise<readonly NoticeWithDeliveries[]>
  /** The same database as another process sees it: a pool of its own, the same outside world. */
  readonly secondProcess: () => NoticePorts
}

export type Written = {
  readonly organizationId: string
  readonly id: string
  readonly invoiceId: string
  readonly sequence: number
  readonly endpoint: string
  readonly dialect: string
}

export const organization = '00000000-0000-7000-8000-000000000001'

export async function openDesk(t: TestContext, net?: Net): Promise<Desk> {
  const database = await freshDatabase()
  const opened = [openPostgres({ url: database.url, connections: 4 })]
  t.after(async () => {
    for (const db of opened) await db.close()
    await database.drop()
  })
  let now = instant(Date.parse('2026-03-01T12:00:00Z'))
  let answer: (request: Outgoing) => Promise<Answered> | Answered = () => status(200)
  const sent: Outgoing[] = []
  const logged: string[] = []
  const clock = { now: () => now }
  const [db = openPostgres({ url: database.url })] = opened
  const note = (event: string): void => void logged.push(event)
  const ports: NoticePorts = {
    db,
    clock,
    chance: systemChance,
    ids: openIds(clock, systemChance),
    digests: openDigests(new Uint8Array(32).fill(3)),
    vault: openVault([new Uint8Array(32).fill(4)]),
    log: { info: note, warn: note, error: note },
    net: net ?? {
      send: async (request) => {
        sent.push(request)
        return await answer(request)
      },
    },
    announcers: new Map<string, Announcer>([
      ['plain', (event) => ({ contentType: 'application/json', body: JSON.stringify(event) })],
      ['large', () => ({ contentType: 'text/plain', body: 'ĩ'.repeat(20_000) })],
    ]),
    findApiClient: () => Promise.resolve(null),
  }
  await createOrganization(ports, { id: organization, name: 'Shop', origins: ['https://shop.example'] })
  const write = async (changes: Partial<Written>): Promise<Written> => {
    const notice: Written = {
      organizationId: organization,
      id: randomUUID(),
      invoiceId: randomUUID(),
      sequence: 1,
      endpoint: 'https://shop.example/ipn',
      dialect: 'plain',
      ...changes,
    }
    await db.query(insert, [
      notice.organizationId,
      notice.id,
      notice.invoiceId,
      notice.sequence,
      notice.dialect,
      eventOf(notice),
      notice.endpoint,
      toDate(now),
    ])
    return notice
  }
  return {
    ...ports,
    sent,
    logged,
    write,
    answerWith: (how) => {
      answer = how
    },
    pass: (time) => {
      now = after(now, time)
    },
    now: () => now,
    listed: async (organizationId) => await noticesOf(ports, organizationId),
    secondProcess: () => {
      const other = openPostgres({ url: database.url, connections: 4 })
      opened.push(other)
      return { ...ports, db: other }
    },
  }
}

export type NoticeWithDeliveries = ListedNotice & { readonly deliveries: readonly PastDelivery[] }

/** An organization's notices, newest first, each with its tries in order. */
export async function noticesOf(
  { db }: Pick<NoticePorts, 'db'>,
  organizationId: string,
): Promise<readonly NoticeWithDeliveries[]> {
  const found = await findNewestNotices(db, { organizationId, behind: null, most: 1000 })
  const listed = await listNoticesById(
    db,
    organizationId,
    found.map(({ id }) => id),
  )
  return await Promise.all(
    found.flatMap(({ id }) => {
      const notice = listed.get(id)
      if (notice === undefined) return []
      const wanted = { organizationId, noticeId: id, behind: null, most: 1000 }
      return [findDeliveries(db, wanted).then((tries) => ({ ...notice, deliveries: tries.toReversed() }))]
    }),
  )
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answered {
  return { kind: 'answer', status: code, headers, body: new TextEncoder().encode(body) }
}

/** Waits long enough for a schedule's place, spread included. */
export function wellBeyond(wait: Seconds): Seconds {
  return seconds(wait.seconds * 1.11)
}

const insert = statement<Row>(
  'test_write_notice',
  `insert into notice (organization_id, id, invoice_id, sequence, dialect, event, endpoint, next_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
)

function eventOf(notice: Written): unknown {
  return {
    type: 'invoice.paid',
    organizationId: notice.organizationId,
    apiClientId: 'client',
    invoiceNumber: 'ABCDEFGH',
    reference: 'INV-1',
    sequence: notice.sequence,
    state: 'settled',
    currency: 'KES',
    expected: '100.00',
    paid: '100.00',
    credited: '0.00',
    payerPhone: '254700000001',
    channel: 'MPesa',
    occurredAt: '2026-03-01T12:00:00.000Z',
    payments: [],
  }
}
