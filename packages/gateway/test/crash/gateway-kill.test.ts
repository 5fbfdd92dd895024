import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyNotice } from '@lango/sdk'
import { deliverNotices } from '../../src/core/notice/deliver-notices.ts'
import { stage, type Stage } from '../refusals/payment-cases.ts'
import { openWorld, type World } from '../world.ts'
import { audit, load, resubmit, startGateway, type Confirm } from './load.ts'

let world: World
let at: Stage
/** Bodies that the merchant's endpoint received. */
const received: string[] = []
const merchant = createServer((request, answer) => {
  let body = ''
  request.setEncoding('utf8').on('data', (part: string) => (body += part))
  request.on('end', () => {
    received.push(body)
    answer.end()
  })
})

before(async () => {
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve))
  world = await openWorld()
  const address = merchant.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  at = await stage(world, { shop: `http://127.0.0.1:${port}` })
})
after(async () => {
  try {
    await world.close()
  } finally {
    merchant.close()
  }
})

test('[money 7, 60] a gateway that is killed in mid-load loses nothing that it acknowledged, three times over', async () => {
  const bills = await Promise.all(Array.from({ length: 30 }, async () => await at.bill()))
  let count = 0
  const next = () => {
    count += 1
    return at.confirming({
      ref_no: bills[count % bills.length] ?? '',
      amount: count % 3 === 0 ? '40.00' : '10.00',
    })
  }
  const all: Confirm[] = []
  for (let round = 0; round < 3; round += 1) {
    const gateway = await startGateway(world.databaseUrl)
    let isOver = false
    const loading = load(gateway.url, next, 8, () => isOver)
    await sleep(600 + round * 150)
    await gateway.kill()
    isOver = true
    all.push(...(await loading))
  }
  assert.ok(
    all.some(({ acknowledged }) => acknowledged),
    'something was acknowledged',
  )
  assert.ok(
    all.some(({ acknowledged }) => !acknowledged),
    'something was cut off',
  )
  const gateway = await startGateway(world.databaseUrl)
  try {
    await resubmit(gateway.url, all)
    await audit(world, all)
    await resubmit(gateway.url, all.slice(0, 50))
    await audit(world, all)
  } finally {
    await gateway.kill()
  }
})

test('[money 60] every bill that settled before or after a kill is told to its merchant, with a hash that holds', async () => {
  await deliverNotices(world.deps)
  const settled = new Set<string>()
  for (const body of received) {
    const notice = await verifyNotice(body, {}, at.town.merchant.keys)
    if (notice.status === 'settled') settled.add(notice.invoiceNumber)
  }
  const text = `select number from invoice where state = 'settled' order by number`
  const rows = await world.deps.db.query<{ readonly number: string }>({ name: 'settled_for_test', text }, [])
  assert.ok(rows.length > 0)
  assert.deepEqual(
    [...settled].toSorted(),
    rows.map(({ number }) => number),
  )
})
