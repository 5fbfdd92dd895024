// The hosted page through the front door: loading, paying, going on, and what it refuses.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPayTown, type Bill, type PayTown } from '../pay-town.ts'

let town: PayTown

before(async () => {
  town = await openPayTown()
})
after(async () => {
  await town.close()
})

async function open(bill: Bill, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(bill.link, { headers, redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

function tokenOf(page: string): string {
  return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

async function pay(bill: Bill, form: Readonly<Record<string, string>>) {
  const fields = { request_id: bill.requestId, channel: 'mpesa', lang: 'en', ...form }
  const answer = await fetch(`${town.world.url}/checkout`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() }
}

type Prompts = { readonly prompts: readonly { readonly id: string; readonly msisdn: string }[] }

async function promptsOn(msisdn: string): Promise<Prompts['prompts']> {
  const answer = await fetch(`${town.simulators.url}/control/phone/prompts?msisdn=${msisdn}`)
  return ((await answer.json()) as Prompts).prompts
}

/** Waits until the page says it; news come within seconds. */
async function until(bill: Bill, words: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { body } = await open(bill)
    if (body.includes(words)) return body
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the page never said: ${words}`)
}

test('[money 87] the page may be framed by the merchant’s registered origins alone, every other page by nobody', async () => {
  const { headers } = await open(await town.bill())
  const policy = headers.get('content-security-policy') ?? ''
  assert.ok(policy.includes(`frame-ancestors ${town.simulators.url}`), policy)
  assert.equal(headers.get('x-frame-options'), null)
  for (const path of ['/', '/sandbox', '/docs', '/checkout?request_id=unknown']) {
    const other = await fetch(town.world.url + path, { headers: { accept: 'text/html' } })
    assert.ok(other.headers.get('content-security-policy')?.includes("frame-ancestors 'none'"), path)
    assert.equal(other.headers.get('x-frame-options'), 'DENY', path)
  }
})

test('[money 88] the page sets no cookie and needs none', async () => {
  const bill = await town.bill()
  const page = await open(bill)
  assert.equal(page.headers.get('set-cookie'), null)
  const paid = await pay(bill, { token: tokenOf(page.body), phone: '0711 000 088' })
  assert.equal(paid.status, 303)
})

test('the page leaks no address of its own and is kept by no cache', async () => {
  const { headers } = await open(await town.bill())
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.match(headers.get('content-security-policy') ?? '', /script-src 'nonce-[\w-]{22}'/)
})

test('[money 91] neither the notification address nor more of the payer than she needs is on the page', async () => {
  const { body } = await open(await town.bill({ notificationURL: `${town.town.shop}/inbox/secret-ipn` }))
  for (const hidden of ['secret-ipn', '254700000001', '12345678', 'wanjiku@example.com']) {
    assert.ok(!body.includes(hidden), hidden)
  }
  assert.ok(body.includes('2547******01'))
})

test('an unknown address gets a page that says so and a way on, in the reader’s language', async () => {
  for (const id of ['', 'short', 'd8HbuZT_0nO3XLjH7nRy']) {
    const answer = await fetch(`${town.world.url}/checkout?request_id=${id}`, {
      headers: { 'accept-language': 'sw' },
    })
    assert.equal(answer.status, 404)
    assert.ok((await answer.text()).includes('Hakuna bili kama hiyo'))
  }
})

test('[money 90] a form starts one try, however often it is sent, and an old copy of it starts none', async () => {
  const bill = await town.bill()
  const token = tokenOf((await open(bill)).body)
  const sent = await Promise.all(Array.from({ length: 5 }, () => pay(bill, { token, phone: '0711 000 090' })))
  assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([303]))
  await until(bill, 'approve it there')
  const [prompt, ...more] = await promptsOn('254711000090')
  assert.ok(prompt !== undefined)
  assert.deepEqual(more, [])
  await fetch(`${town.simulators.url}/control/phone/prompts/${prompt.id}`, {
    method: 'POST',
    body: JSON.stringify({ answer: 'cancel' }),
  })
  await until(bill, 'Nothing was paid')
  const late = await pay(bill, { token, phone: '0711 000 090' })
  assert.ok(late.location.includes('moved=yes'))
  assert.ok((await (await fetch(late.location)).text()).includes('This page had moved on'))
  assert.equal((await promptsOn('254711000090')).length, 1)
})

test('without scripts: pay, refresh, approve, refresh, receipt, and a link back with its query string', async () => {
  const bill = await town.bill({ callBackURLOnSuccess: `${town.town.shop}/inbox/back?order=7&note=a%20b` })
  const started = await pay(bill, { token: tokenOf((await open(bill)).body), phone: '+254 711 000 091' })
  assert.equal(started.status, 303)
  const waiting = await until(bill, 'approve it there')
  assert.match(waiting, /http-equiv="refresh" content="5;/)
  const [prompt] = await promptsOn('254711000091')
  await fetch(`${town.simulators.url}/control/phone/prompts/${prompt?.id}`, {
    method: 'POST',
    body: JSON.stringify({ answer: 'approve' }),
  })
  const paid = await until(bill, 'id="paid"')
  assert.ok(paid.includes('KES 105.00'))
  assert.ok(paid.includes(`href="${town.town.shop}/inbox/back?order=7&amp;note=a%20b"`))
  const top = await open(bill, { 'sec-fetch-dest': 'document' })
  assert.match(top.body, /http-equiv="refresh" content="8; url=/)
  const framed = await open(bill, { 'sec-fetch-dest': 'iframe' })
  assert.doesNotMatch(framed.body, /http-equiv="refresh"/)
})

test('a number that cannot be asked is refused at its field, and nothing is started', async () => {
  const bill = await town.bill()
  const refused = await pay(bill, { token: tokenOf((await open(bill)).body), phone: '12' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /id="mpesa-phone-error"/)
  assert.ok(tokenOf(refused.body) !== '')
})

test('a way to pay that the merchant does not offer is refused in words', async () => {
  const bill = await town.bill()
  const refused = await pay(bill, {
    token: tokenOf((await open(bill)).body),
    channel: 'cowries',
    phone: '0711000092',
  })
  assert.equal(refused.status, 422)
  assert.ok(refused.body.includes('cannot be used at the moment'))
})

test('a broken form is answered with a page, not with a trace', async () => {
  const url = `${town.world.url}/checkout`
  const twice = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams([
      ['request_id', 'a'],
      ['request_id', 'b'],
    ]),
  })
  assert.equal(twice.status, 400)
  const json = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' })
  assert.equal(json.status, 400)
  assert.match(json.headers.get('content-type') ?? '', /^text\/html/)
})

test('[money 85] the picture is fetched by us, encoded anew and served from our origin; what is none is not shown', async () => {
  const { fetched, picture, world } = await withPictures()
  const bill = await town.bill({ pictureURL: `${picture}/logo.png` })
  const address = bill.link.replace('/checkout?', '/checkout/picture?')
  const [first, second] = [await fetch(address), await fetch(address)]
  assert.equal(first.headers.get('content-type'), 'image/webp')
  assert.equal(first.headers.get('x-content-type-options'), 'nosniff')
  const bytes = new Uint8Array(await first.arrayBuffer())
  assert.equal(new TextDecoder('latin1').decode(bytes.subarray(8, 12)), 'WEBP')
  assert.equal(second.status, 200)
  assert.deepEqual(fetched, ['/logo.png'])
  assert.ok(!(await open(bill)).body.includes(picture))
  for (const name of ['script.svg', 'page.html', 'huge.png', 'missing']) {
    const none = await town.bill({ pictureURL: `${picture}/${name}` })
    const answer = await fetch(none.link.replace('/checkout?', '/checkout/picture?'))
    assert.equal(answer.status, 404, name)
  }
  await world()
})

/** A merchant's picture server, which tells what was asked of it. */
async function withPictures() {
  const { createServer } = await import('node:http')
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const fetched: string[] = []
  const served: Readonly<Record<string, readonly [string, Buffer]>> = {
    '/logo.png': ['image/png', png],
    '/script.svg': [
      'image/svg+xml',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    '/page.html': ['image/png', Buffer.from('<html>')],
    '/huge.png': ['image/png', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)])],
  }
  const server = createServer((request, response) => {
    const found = served[request.url ?? '']
    if (request.url === '/logo.png') fetched.push(request.url)
    if (found === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': found[0] }).end(found[1])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    fetched,
    picture: `http://127.0.0.1:${port}`,
    world: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
