// What an open page is told while it waits: server-sent events of a bill.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pesaflow } from '@lango/sdk'
import { viewCheckout } from '../../src/core/invoice/view-checkout.ts'
import { markOf as markOfProps } from '../../src/pages/checkout-view.ts'
import { propsOf } from '../../src/sites/checkout/show.ts'
import { watchCheckout } from '../../src/sites/checkout/watch.ts'
import { openPayTown, type Bill, type PayTown } from '../pay-town.ts'

let town: PayTown

before(async () => {
  town = await openPayTown()
})
after(async () => {
  await town.close()
})

type News = { readonly event: string; readonly data: Readonly<Record<string, string>>; readonly id: string }

/** Listens from a mark on, and answers with the first `count` events. */
async function listen(
  bill: Bill,
  mark: string,
  count: number,
  headers: Readonly<Record<string, string>> = {},
) {
  const url = `${town.world.url}/checkout/events?request_id=${bill.requestId}&lang=en&mark=${encodeURIComponent(mark)}`
  const stop = AbortSignal.timeout(20_000)
  const answer = await fetch(url, { headers, signal: stop })
  const heard: News[] = []
  let text = ''
  const decoder = new TextDecoder()
  const body: AsyncIterable<Uint8Array> | null = answer.body
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    heard.push(...parts.map(read).filter((news) => news.event !== ''))
    if (heard.length >= count) break
  }
  return { answer, heard }
}

function read(part: string): News {
  const lines = new Map(
    part
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  )
  const data = JSON.parse(lines.get('data') ?? '{}') as News['data']
  return { event: lines.get('event') ?? '', id: lines.get('id') ?? '', data }
}

async function markOf(bill: Bill): Promise<string> {
  const page = await (await fetch(bill.link)).text()
  return /mark=([^"&]+)"/.exec(page)?.[1] ?? ''
}

async function confirm(bill: Bill, amount: string, transactionId: string): Promise<void> {
  const { apiClientId, keys } = town.town.bank
  await pesaflow({ baseUrl: town.world.url, apiClientId, keys }).confirm({
    reference: bill.number,
    amount,
    currency: 'KES',
    transactionId,
    transactionDate: new Date(),
    payerName: 'Wanjiku Kamau',
    payerAccount: '1100220033',
  })
}

test('a page that is up to date hears nothing until something happens, then the new part, then the end', async () => {
  const bill = await town.bill()
  const listening = listen(bill, await markOf(bill), 3)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await confirm(bill, '40.00', 'NEWS-1')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await confirm(bill, '65.00', 'NEWS-2')
  const { heard, answer } = await listening
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.deepEqual(
    heard.map(({ event, data }) => [event, data['state'] ?? '']),
    [
      ['view', 'partial'],
      ['view', 'settled'],
      ['end', ''],
    ],
  )
  assert.ok(heard[0]?.data['html']?.includes('KES 65.00 is still to pay'))
  assert.ok(heard[1]?.data['html']?.includes('NEWS-2'))
})

test('a page that is behind hears the present state at once, and again after its connection broke', async () => {
  const bill = await town.bill()
  const old = await markOf(bill)
  await confirm(bill, '40.00', 'NEWS-3')
  const behind = await listen(bill, old, 1)
  assert.equal(behind.heard[0]?.data['state'], 'partial')
  const id = behind.heard[0]?.id ?? ''
  assert.equal(id, await markOf(bill))
  await confirm(bill, '65.00', 'NEWS-4')
  const back = await listen(bill, old, 1, { 'last-event-id': id })
  assert.equal(back.heard[0]?.data['state'], 'settled')
})

test('only the merchant’s own origins may listen from their pages', async () => {
  const bill = await town.bill()
  await confirm(bill, '105.00', 'NEWS-5')
  const own = await listen(bill, 'old', 1, { origin: town.town.shop })
  assert.equal(own.answer.headers.get('access-control-allow-origin'), town.town.shop)
  const other = await listen(bill, 'old', 1, { origin: 'https://evil.example' })
  assert.equal(other.answer.headers.get('access-control-allow-origin'), null)
})

test('nobody hears of a bill whose page she cannot name', async () => {
  const answer = await fetch(`${town.world.url}/checkout/events?request_id=d8HbuZT_0nO3XLjH7nRy&mark=x`)
  assert.equal(answer.status, 404)
})

test('what happens between the loading of a page and its first look is told, and not taken for known', async () => {
  const bill = await town.bill()
  const { deps } = town.world
  const stale = await viewCheckout(deps, bill.requestId)
  assert.ok(stale.ok)
  const wanted = { requestId: bill.requestId, locale: 'en', view: stale.value } as const
  const mark = markOfProps(propsOf(deps, wanted))
  await confirm(bill, '105.00', 'NEWS-BETWEEN')
  const stop = AbortSignal.timeout(20_000)
  for await (const part of watchCheckout(deps, { ...wanted, mark }, stop)) {
    const news = read(part.trim())
    if (news.event !== 'view') continue
    assert.equal(news.data['state'], 'settled')
    return
  }
  assert.fail('the page was never told')
})
