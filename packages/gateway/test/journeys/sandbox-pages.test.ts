// The sandbox's pages, driven as a browser without scripts drives them: forms, a cookie, redirects.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPayTown, sandboxOf, type PayTown } from '../pay-town.ts'
import { openWorld } from '../world.ts'

let town: PayTown

before(async () => {
  town = await openPayTown()
})
after(async () => {
  await town.close()
})

type Seen = {
  readonly status: number
  readonly location: string
  readonly body: string
  readonly text: string
}

/** One browser: keeps its cookies and sends forms with the token of the page they stand on. */
function browser() {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(path, town.world.url), {
      ...init,
      headers: { cookie },
      redirect: 'manual',
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const body = await answer.text()
    const text = body
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location') ?? '', body, text }
  }
  const token = async (path: string): Promise<string> =>
    /name="csrf" value="([^"]+)"/.exec((await send(path)).body)?.[1] ?? ''
  return {
    get: send,
    post: async (path: string, fields: Readonly<Record<string, string>>, from = path): Promise<Seen> =>
      await send(path, { method: 'POST', body: new URLSearchParams({ csrf: await token(from), ...fields }) }),
  }
}

const slip = {
  gateway_transaction_date: '2026-01-02 10:00:00',
  customer_name: 'Amina Hassan',
  customer_account_number: '1100220033',
}

/** Waits for something that another program brings within seconds. */
async function until(see: () => Promise<Seen>, words: string): Promise<Seen> {
  for (let tries = 0; tries < 100; tries += 1) {
    const seen = await see()
    if (seen.body.includes(words)) return seen
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`never seen: ${words}`)
}

test('the overview names the demo credentials and leads to each place', async () => {
  const { status, body } = await browser().get('/sandbox')
  assert.equal(status, 200)
  const { merchant, bank } = town.town
  for (const shown of [
    '/sandbox/phone',
    '/sandbox/bank',
    '/sandbox/inbox',
    merchant.keys.key,
    bank.keys.secret,
  ]) {
    assert.ok(body.includes(shown), shown)
  }
})

test('one press makes a bill with a real signed request and leads to its page', async () => {
  const made = await browser().post('/sandbox/bill', { amount: '250.00' }, '/sandbox')
  assert.equal(made.status, 303)
  assert.match(made.location, /\/checkout\?request_id=[\w-]{20}$/)
  assert.ok((await (await fetch(made.location)).text()).includes('255.00'))
})

test('the amounts that the bill and the counter suggest fit together, so that who changes nothing pays in full', async () => {
  const suggested = async (path: string): Promise<string> => {
    const { body } = await browser().get(path)
    const [, amount = ''] = /name="amount"[^>]*value="([^"]*)"/.exec(body) ?? []
    return amount
  }
  const made = await browser().post('/sandbox/bill', { amount: await suggested('/sandbox') }, '/sandbox')
  const page = await (await fetch(made.location)).text()
  assert.ok(page.includes(`Pay KES ${await suggested('/sandbox/bank')} with`))
})

test('a bill that the interface refuses shows what it said', async () => {
  const refused = await browser().post('/sandbox/bill', { amount: '1e3' }, '/sandbox')
  assert.equal(refused.status, 200)
  assert.ok(refused.text.includes('422'))
  assert.ok(refused.text.includes('amountExpected'))
})

test('the bank validates and confirms with signed requests, and shows what was sent, hashed and answered', async () => {
  const bill = await town.bill()
  const counter = browser()
  const asked = { ...slip, ref_no: bill.number, amount: '105.00', gateway_transaction_id: 'SANDBOX-1' }
  const validated = await counter.post('/sandbox/bank', { ...asked, deed: 'validate' })
  assert.ok(validated.text.includes('"description": "Bill Found"'))
  const confirmed = await counter.post('/sandbox/bank', { ...asked, deed: 'confirm' })
  assert.ok(confirmed.text.includes('"description": "Success"'))
  assert.ok(confirmed.text.includes(`POST ${town.world.url}/api/payment/confirm`))
  for (const part of ['customer_account_number', '••••••••', 'SANDBOX-1'])
    assert.ok(confirmed.text.includes(part), part)
  assert.ok(!confirmed.body.includes(town.town.bank.keys.secret))
  assert.ok(!confirmed.body.includes(town.town.bank.keys.key))
})

test('the bank tries again, another amount under one id, and a wrong hash: each answer is the interface’s own', async () => {
  const bill = await town.bill()
  const counter = browser()
  const asked = { ...slip, ref_no: bill.number, amount: '40.00', gateway_transaction_id: 'SANDBOX-2' }
  const statuses: (string | undefined)[] = []
  for (const more of [
    { deed: 'confirm' },
    { deed: 'confirm' },
    { deed: 'confirm', amount: '41.00' },
    { deed: 'wrong-hash' },
  ]) {
    const { body } = await counter.post('/sandbox/bank', { ...asked, ...more })
    statuses.push(/id="answer-status"\s*>\s*(\d+)/.exec(body)?.[1])
  }
  assert.deepEqual(statuses, ['200', '200', '500', '401'])
  const open = await counter.post('/sandbox/bank', { ...asked, amount: '65.00', deed: 'validate' })
  assert.ok(open.text.includes('"amount": "65.00"'))
})

test('the inbox works each notice’s hash out, and a forged one does not match', async () => {
  const box = `${town.simulators.url}/inbox/checks`
  const bill = await town.bill({ notificationURL: box })
  await browser().post('/sandbox/bank', {
    ...slip,
    ref_no: bill.number,
    amount: '105.00',
    gateway_transaction_id: 'SANDBOX-3',
    deed: 'confirm',
  })
  const merchant = browser()
  const see = async (): Promise<Seen> => await merchant.get('/sandbox/inbox?box=checks')
  const { body } = await until(see, 'data-verified="yes"')
  for (const part of [bill.number, '105.00', '••••••••', 'webhook-id']) assert.ok(body.includes(part), part)
  assert.ok(!body.includes(town.town.merchant.keys.secret))
  const forged = {
    client_invoice_ref: 'X',
    invoice_number: bill.number,
    amount_paid: '1.00',
    payment_date: 'now',
  }
  await fetch(box, { method: 'POST', body: JSON.stringify({ ...forged, secure_hash: 'A'.repeat(88) }) })
  await until(see, 'data-verified="no"')
  await fetch(box, { method: 'POST', body: '<script>alert(1)</script>' })
  const odd = await until(see, 'No hash in it')
  assert.ok(!odd.body.includes('<script>alert(1)'))
})

test('the inbox can be told to answer otherwise, and says that it was', async () => {
  const merchant = browser()
  const told = await merchant.post('/sandbox/inbox', { box: 'moody', behaviour: 'failing' })
  assert.equal(told.status, 303)
  assert.ok((await merchant.get(told.location)).text.includes('A behaviour is set for the next notices'))
  const answer = await fetch(`${town.simulators.url}/inbox/moody`, { method: 'POST', body: '{}' })
  assert.equal(answer.status, 500)
})

test('the phone shows its numbers’ stories, and what ended cannot be answered again', async () => {
  const phone = browser()
  const shown = await phone.get('/sandbox/phone')
  assert.ok(shown.text.includes('254700000001'))
  assert.ok(shown.text.includes('Approves by itself'))
  const late = await phone.post(
    '/sandbox/phone',
    { prompt: 'no-such', answer: 'approve', msisdn: '' },
    '/sandbox',
  )
  assert.ok((await phone.get(late.location)).text.includes('had ended already'))
})

test('a form from elsewhere, without this browser’s token, does nothing', async () => {
  for (const path of ['/sandbox/bill', '/sandbox/phone', '/sandbox/bank', '/sandbox/inbox']) {
    const answer = await fetch(town.world.url + path, {
      method: 'POST',
      body: new URLSearchParams({ csrf: 'guess' }),
    })
    assert.equal(answer.status, 419, path)
  }
})

test('without its simulators the sandbox says so', async () => {
  const world = await openWorld({
    databaseUrl: town.world.databaseUrl,
    sandbox: sandboxOf('http://127.0.0.1:1', town.town),
  })
  const answer = await fetch(`${world.url}/sandbox/phone`)
  assert.ok((await answer.text()).includes('The simulators do not answer'))
  await world.close()
})

test('in live mode there is no sandbox', async () => {
  const world = await openWorld({
    databaseUrl: town.world.databaseUrl,
    mode: 'live',
    publicUrl: 'https://pay.example',
  })
  for (const path of ['/sandbox', '/sandbox/phone', '/sandbox/bank', '/sandbox/inbox']) {
    assert.equal((await fetch(world.url + path)).status, 404, path)
  }
  await world.close()
})
