// What an organization bills for and where its programs are, kept from the pages: the next checkout obeys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createService } from '../../../src/core/organization/create-service.ts'
import type { Heard } from '../../merchant-desk.ts'
import { must } from '../../world.ts'
import { textOf, type Page } from '../account/town.ts'
import { openDesk, send, type Desk } from './desk.ts'
import { aggregatorCalls, issue, merchantCalls, type Pair } from './pairs.ts'

const shop = 'http://127.0.0.1:9'
let desk: Desk
let pair: Pair
before(async () => {
  desk = await openDesk()
  pair = await issue(desk, 'Web shop', 'merchant')
})
after(async () => {
  await desk.close()
})

const path = (rest = ''): string => `/console/${desk.organization}${rest}`
const rates = { name: 'Land rates', currency: 'KES', kind: 'flat', flat: '5.00' }

async function make(fields: Readonly<Record<string, string>>): Promise<Page> {
  return await send(desk.owner, path('/services/new'), fields, '/services/new')
}

function codeOf(page: Page): string {
  const code = /\/services\/([0-9]+)\?note=made$/.exec(page.location ?? '')?.[1]
  assert.ok(code !== undefined, page.body)
  return code
}

async function registerOrigin(origin: string): Promise<Page> {
  return await send(desk.owner, path('/origins'), { origin }, '/origins')
}

const checkout = async (
  service: string,
  at: { readonly shop?: string; readonly reference?: string } = {},
): Promise<Heard> => {
  const [call] = merchantCalls(desk, pair, { service, shop, ...at }).checkouts
  assert.ok(call !== undefined)
  return await call()
}

test('an origin is registered after checks that say what to write, and opens the checkout at once', async () => {
  const service = codeOf(await make(rates))
  assert.match(
    textOf(await desk.owner.get(path('/origins'))),
    /No origin yet, so no checkout can be accepted/,
  )
  const closed = await checkout(service)
  assert.deepEqual(
    [closed.status, closed.body['error']],
    [422, 'callBackURLOnSuccess: its origin is not registered'],
  ) // prettier-ignore -- one answer, read as one

  for (const [origin, reason] of [
    ['https://shop.example/paid', /without a path or a slash at the end: https:\/\/shop\.example/],
    ['http://shop.example', /Plain http only to your own machine/],
    [desk.deps.publicUrl, /That is this gateway itself/],
  ] as const) {
    const page = await registerOrigin(origin)
    assert.equal(page.status, 422)
    assert.match(page.body, reason)
    assert.ok(page.body.includes(`value="${origin}"`), 'what was typed stays')
  }
  assert.equal((await registerOrigin(shop)).location, `${path('/origins')}?note=added`)
  const open = await checkout(service)
  assert.deepEqual([open.status, open.body['amount_expected']], [200, '105.00'])
  const again = await registerOrigin(shop)
  assert.deepEqual([again.status, /is registered\./.test(again.body)], [422, true])
  assert.match(textOf(await desk.owner.get(path('/origins'))), /plain http is for your own machine/)
})

test('all notices go only to a registered origin, which then cannot be removed under them', async () => {
  const say = async (address: string): Promise<Page> =>
    await send(desk.owner, path('/notices/settings/address'), { address }, '/notices/settings')
  assert.equal((await say('https://elsewhere.example/n')).status, 422)
  assert.equal((await say(`${shop}/all`)).status, 303)
  const kept = await send(desk.owner, path('/origins/remove'), { remove: shop }, '/origins')
  assert.equal(kept.status, 422)
  assert.match(kept.body, /Give them another address first, or none\./)
  assert.equal((await say('')).status, 303)
})

test('an origin that is removed is refused in new bills from the next request on', async () => {
  const service = codeOf(await make({ ...rates, name: 'Removed' }))
  const other = 'https://other.example'
  await registerOrigin(other)
  assert.equal((await checkout(service, { shop: other })).status, 200)
  const gone = await send(desk.owner, path('/origins/remove'), { remove: other }, '/origins')
  assert.equal(gone.location, `${path('/origins')}?note=removed`)
  assert.equal((await checkout(service, { shop: other })).status, 422)
  assert.equal((await send(desk.owner, path('/origins/remove'), { remove: other }, '/origins')).status, 404)
})

test('twenty origins are the most, and the page says whom to ask', async () => {
  let page = await registerOrigin('https://n0.example')
  for (let count = 1; count < 25 && page.status === 303; count += 1)
    page = await registerOrigin(`https://n${count}.example`)
  assert.equal(page.status, 422)
  assert.match(page.body, /The limit is 20 origins\. If you need more, ask the operator of this gateway\./)
})

test('a service’s fee is changed for the bills to come, and those that were made keep theirs', async () => {
  const service = codeOf(await make({ ...rates, name: 'Changing' }))
  const before = await checkout(service, { reference: 'KEPT' })
  const at = `/services/${service}`
  const to = { name: 'Changed', kind: 'share', percent: '1.5', least: '2', most: '' }
  assert.equal((await send(desk.owner, path(at), to, at)).location, `${path(at)}?note=changed`)
  assert.equal(
    (await checkout(service, { reference: 'KEPT' })).body['invoice_number'],
    before.body['invoice_number'],
  )
  const text = textOf(await desk.owner.get(path(at)))
  assert.match(text, /1\.5 % of the bill\s*, at least KES 2\.00/)
  assert.match(text, /KES 1,000\.00 → KES 1,015\.00/)
  assert.equal((await checkout(service)).body['amount_expected'], '102.00')
})

test('a fee by steps is written a line each, and a line that cannot be read is named', async () => {
  const wrong = await make({ ...rates, name: 'Steps', kind: 'tiers', tiers: '1000 10\n2000 x\n- 30' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /Line 2, 2000 x: write two amounts, like 1000\.00 10\.00/)
  assert.ok(wrong.body.includes('2000 x\n- 30</textarea>'), 'what was typed stays')
  const service = codeOf(await make({ ...rates, name: 'Steps', kind: 'tiers', tiers: '50 1\n- 30' }))
  assert.equal((await checkout(service)).body['amount_expected'], '130.00')
})

test('what cannot stand in the form is named by its field', async () => {
  for (const [fields, reason] of [
    [{ ...rates, name: 'x' }, /Give 2 to 100 characters on one line/],
    [{ ...rates, currency: 'XXX' }, /Choose one of the currencies/],
    [{ ...rates, kind: '' }, /Choose how the fee is reckoned/],
    [{ ...rates, flat: '5,00' }, /An amount in KES in digits, like 15\.00/],
    [{ ...rates, code: '0124' }, /digits without a leading zero, at most 10/],
  ] as const) {
    const page = await make(fields)
    assert.equal(page.status, 422)
    assert.match(page.body, reason)
    assert.match(page.body, /aria-invalid="true"/)
  }
})

test('a code that was brought along is kept once, and its risk stands on the page', async () => {
  assert.equal(codeOf(await make({ ...rates, name: 'Brought', code: '124' })), '124')
  assert.match(textOf(await desk.owner.get(path('/services/124'))), /This code has no check digit/)
  const twice = await make({ ...rates, name: 'Again', code: '124' })
  assert.deepEqual([twice.status, /124 exists already/.test(twice.body)], [422, true])
})

test('a paused service takes no new bill, shows one that was made again, and a bank may still pay it', async () => {
  const service = codeOf(await make({ ...rates, name: 'Pausing', kind: 'none' }))
  const calls = merchantCalls(desk, pair, { service, shop })
  const made = await calls.createWith(await calls.bearer())
  assert.equal(made.status, 200)
  const at = `/services/${service}`
  assert.equal((await send(desk.owner, path(`${at}/switch`), { on: 'no' }, at)).status, 303)
  const paused = [422, { error: 'serviceID: this service takes no new bills for now' }]
  const fresh = await calls.createWith(await calls.bearer())
  assert.deepEqual([fresh.status, fresh.body], paused)
  const bank = aggregatorCalls(desk, await issue(desk, 'Branch', 'aggregator'))
  assert.equal((await bank.confirm(String(made.body['invoice_number']))).status, 200)
  assert.match(textOf(await desk.owner.get(path('/services'))), /Pausing .*? takes no new bills/)

  await send(desk.owner, path(`${at}/switch`), { on: 'yes' }, at)
  assert.equal((await calls.createWith(await calls.bearer())).status, 200)
})

test('the same order sent again to a paused service is the bill that it was', async () => {
  const service = codeOf(await make({ ...rates, name: 'Twice' }))
  const before = await checkout(service, { reference: 'TWICE' })
  assert.equal(before.status, 200)
  const at = `/services/${service}`
  await send(desk.owner, path(`${at}/switch`), { on: 'no' }, at)
  assert.deepEqual((await checkout(service, { reference: 'TWICE' })).body, before.body)
  const other = await checkout(service, { reference: 'THRICE' })
  assert.deepEqual(
    [other.status, other.body],
    [422, { error: 'serviceID: this service takes no new bills for now' }],
  ) // prettier-ignore -- one answer, read as one
})

test('the list is paged, and the quota says the limit and whom to ask', async () => {
  const { organization: organizationId, deps } = desk
  const feeRule = { kind: 'none' } as const
  for (let count = 0; count < 100; count += 1)
    must(
      await createService(deps, {
        organizationId,
        code: String(9000 + count),
        name: `N ${count}`,
        currency: 'KES',
        feeRule,
      }),
    ) // prettier-ignore -- one row, read as one
  const page = await make(rates)
  assert.equal(page.status, 422)
  assert.match(page.body, /The limit is 100 services\. If you need more, ask the operator of this gateway\./)
  const first = await desk.owner.get(path('/services'))
  assert.equal((first.body.match(/<tr>/g) ?? []).length, 26)
  const older = /href="([^"]+)" rel="next"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const codes = (body: string) => [...body.matchAll(/<code>([0-9]+)<\/code>/g)].map(([, code]) => code)
  const second = codes((await desk.owner.get(older)).body)
  assert.equal(second.length, 25)
  assert.ok(second.every((code) => !codes(first.body).includes(code)))
})
