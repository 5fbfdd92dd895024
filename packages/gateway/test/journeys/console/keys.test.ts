// An integrator gives her programs keys from the page, changes them over, and ends them: every signed endpoint obeys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hours } from '../../../src/base/time.ts'
import { createApiClient } from '../../../src/core/organization/create-api-client.ts'
import { addOrigin } from '../../../src/core/organization/add-origin.ts'
import { createService } from '../../../src/core/organization/create-service.ts'
import { approveOrganization } from '../../../src/core/organization/approve-organization.ts'
import { addMember } from '../../../src/core/organization/add-member.ts'
import { deliverNotices } from '../../../src/core/notice/deliver-notices.ts'
import { pesaflow as wire } from '@lango/wire'
import type { Net } from '../../../src/core/ports.ts'
import { hashOf, type Heard, type Said } from '../../merchant-desk.ts'
import { must } from '../../world.ts'
import { textOf, type Page } from '../account/town.ts'
import { openDesk, send, type Desk } from './desk.ts'
import { aggregatorCalls, issue, merchantCalls, shownPair, type Pair } from './pairs.ts'

const shop = 'http://127.0.0.1:9'
/** What the house sent out; everybody is well. */
const sent: string[] = []
const net: Net = {
  send: async ({ body }) => {
    sent.push(body ?? '')
    return await Promise.resolve({ kind: 'answer', status: 200, headers: {}, body: new Uint8Array() })
  },
}
let desk: Desk
let service: string
before(async () => {
  desk = await openDesk({ net })
  service = await prepared(desk)
})
after(async () => {
  await desk.close()
})

async function prepared({ deps, organization: organizationId }: Desk): Promise<string> {
  must(await addOrigin(deps, { organizationId, origin: shop }))
  const feeRule = { kind: 'none' } as const
  return must(await createService(deps, { organizationId, name: 'Land rates', currency: 'KES', feeRule }))
    .code
}

const path = (rest = ''): string => `/console/${desk.organization}/keys${rest}`
const at = (pair: Pair): string => `/keys/${pair.apiClientId}`
const form = async (pair: Pair, name: string, fields: Readonly<Record<string, string>>): Promise<Page> =>
  await send(desk.owner, path(`/${pair.apiClientId}/${name}`), fields, at(pair))
const said = ({ status, body }: Heard) => [status, body]

/** What each endpoint of a merchant answers, in the order of the table below. */
async function merchantAnswers(pair: Pair, bearer: string): Promise<readonly (readonly unknown[])[]> {
  const calls = merchantCalls(desk, pair, { service, shop })
  const heard: Heard[] = []
  for (const call of [...calls.checkouts, ...calls.statuses, calls.token]) heard.push(await call())
  heard.push(await calls.createWith(bearer))
  return heard.map(said)
}

const refusedEverywhere = [
  ...Array.from({ length: 3 }, () => [401, { error: 'Invalid Hash' }]),
  ...Array.from({ length: 4 }, () => [401, { error: 'Invalid Hash' }]),
  [422, { error: 'the key or the secret is wrong' }],
  [401, { status: 401, message: wire.errors.notGranted }],
]

test('a pair is given for a role, shown once, and works at every endpoint of that role and at none of the other', async () => {
  assert.match(textOf(await desk.owner.get(path())), /No keys yet/)
  const made = await send(desk.owner, path(), { name: 'Web shop', role: 'merchant' }, '/keys')
  assert.equal(made.headers.get('cache-control'), 'no-store')
  const pair = shownPair(made)
  assert.ok(pair.keys.key.length >= 43 && pair.keys.secret.length >= 43)
  const page = await desk.owner.get(path(`/${pair.apiClientId}`))
  for (const secret of [pair.keys.key, pair.keys.secret]) assert.ok(!page.body.includes(secret))
  assert.match(textOf(page), /Web shop .* raise bills and ask for their status; never confirm a payment/)
  assert.match(textOf(await desk.owner.get(path())), /Web shop .* merchant good 1/)

  const calls = merchantCalls(desk, pair, { service, shop })
  const answers = await merchantAnswers(pair, await calls.bearer())
  assert.deepEqual(
    answers.map(([status]) => status),
    [200, 200, 200, 404, 404, 404, 404, 200, 200],
  )
  const asBank = await aggregatorCalls(desk, pair).confirm('ABCDEFGH')
  assert.deepEqual(said(asBank), [403, { status: 403, description: 'this key is for a merchant' }])
})

test('ended, a merchant’s keys are refused at once by every endpoint that they opened, with exactly these answers', async () => {
  const pair = await issue(desk, 'Old shop', 'merchant')
  const bearer = await merchantCalls(desk, pair, { service, shop }).bearer()
  const unmeant = await form(pair, 'end', { confirm: 'Old shop' })
  assert.equal(unmeant.status, 422)
  assert.match(unmeant.body, new RegExp(`Type ${pair.apiClientId} to end it: this cannot be undone\\.`))
  assert.equal((await merchantCalls(desk, pair, { service, shop }).token()).status, 200)

  const ended = await form(pair, 'end', { confirm: pair.apiClientId })
  assert.equal(ended.location, `${path(`/${pair.apiClientId}`)}?note=ended`)
  assert.deepEqual(await merchantAnswers(pair, bearer), refusedEverywhere)
  const page = textOf(await desk.owner.get(path(`/${pair.apiClientId}`)))
  assert.match(page, /ended/)
  assert.ok(!page.includes('Give a new key'))
  const revived = await send(desk.owner, path(`/${pair.apiClientId}/rotate`), { overlap: 'a day' }, '/keys')
  assert.equal(revived.status, 422)
  assert.match(revived.body, /It has ended\. Make another one instead\./)
})

test('ended, a bank’s keys neither validate nor confirm from the same moment', async () => {
  const merchant = await issue(desk, 'Rates office', 'merchant')
  const [checkout] = merchantCalls(desk, merchant, { service, shop }).checkouts
  const number = String((await checkout?.())?.body['invoice_number'])
  const bank = await issue(desk, 'Our branch', 'aggregator')
  const calls = aggregatorCalls(desk, bank)
  assert.equal((await calls.validate(number)).status, 200)
  assert.equal((await form(bank, 'end', { confirm: bank.apiClientId })).status, 303)
  const refused = [401, { status: 401, description: 'Invalid Hash' }]
  assert.deepEqual(said(await calls.validate(number)), refused)
  assert.deepEqual(said(await calls.confirm(number)), refused)
})

test('rotated at once, the key before is refused everywhere and with it the Bearer tokens that it bought', async () => {
  const old = await issue(desk, 'Leaky shop', 'merchant')
  const stolen = await merchantCalls(desk, old, { service, shop }).bearer()
  const fresh = shownPair(await form(old, 'rotate', { overlap: 'at once' }))
  assert.equal(fresh.apiClientId, old.apiClientId)
  const answers = await merchantAnswers(old, stolen)
  // The sandbox adds what to mend to a wrong hash of a caller that it knows.
  const plain = answers.map(([status, body]) => [status, { ...(body as object), mend: undefined }])
  assert.deepEqual(plain, refusedEverywhere.map(([status, body]) => [status, { ...(body as object), mend: undefined }])) // prettier-ignore
  const calls = merchantCalls(desk, fresh, { service, shop })
  assert.deepEqual(said(await calls.checkoutWith(stolen)), [401, { error: 'the Bearer token is not valid' }])
  assert.equal((await calls.checkoutWith(await calls.bearer())).status, 200)
})

test('rotated with an overlap, both keys and their tokens work until its end and only the new one after it', async () => {
  const old = await issue(desk, 'Busy shop', 'merchant')
  const fresh = shownPair(await form(old, 'rotate', { overlap: 'an hour' }))
  const [before, behind] = [old, fresh].map((pair) => merchantCalls(desk, pair, { service, shop }))
  assert.ok(before !== undefined && behind !== undefined)
  const page = textOf(await desk.owner.get(path(`/${old.apiClientId}`)))
  assert.match(page, /ends 22 Nov 2026/)
  assert.match(page, /What counts is when a message reaches us, not when it was signed/)
  desk.pass(hours(0.99))
  const [kept, next] = [await before.bearer(), await behind.bearer()]
  assert.deepEqual(
    [(await before.createWith(kept)).status, (await behind.createWith(next)).status],
    [200, 200],
  )
  desk.pass(hours(0.01))
  assert.deepEqual(said(await before.createWith(kept)), refusedEverywhere.at(-1))
  assert.equal((await before.token()).status, 422)
  assert.equal((await before.checkouts[0]?.())?.status, 401)
  assert.equal((await behind.createWith(next)).status, 200)
  assert.equal((await behind.checkouts[0]?.())?.status, 200)
})

test('two keys are the most: a third waits for one to end, which may be ended before its time, but never the last', async () => {
  const old = await issue(desk, 'Third time', 'merchant')
  await form(old, 'rotate', { overlap: 'a week' })
  const third = await form(old, 'rotate', { overlap: 'a day' })
  assert.equal(third.status, 422)
  assert.match(third.body, /Two keys are good already: end one first, or let both end at once\./)
  const page = await desk.owner.get(path(`/${old.apiClientId}`))
  const keys = [...page.body.matchAll(/name="key" value="([^"]+)"/g)].map(([, id = '']) => id)
  assert.equal(keys.length, 2)
  const ended = await form(old, 'end-key', { key: keys[1] ?? '' })
  assert.equal(ended.location, `${path(`/${old.apiClientId}`)}?note=key-ended`)
  assert.equal((await merchantCalls(desk, old, { service, shop }).token()).status, 422)
  const last = await form(old, 'end-key', { key: keys[0] ?? '' })
  assert.equal(last.status, 422)
  assert.match(last.body, /It is the only key: give a new one that ends it at once, or end them all\./)
  for (const key of [keys[1] ?? '', 'x', ''])
    assert.equal((await form(old, 'end-key', { key })).status, 404, key)
})

test('money for a bill whose keys have ended is still told, signed with the merchant’s newest key', async () => {
  const old = await issue(desk, 'Leaving shop', 'merchant')
  const [checkout] = merchantCalls(desk, old, { service, shop }).checkouts
  const number = String((await checkout?.())?.body['invoice_number'])
  await form(old, 'end', { confirm: old.apiClientId })
  desk.pass(hours(0.01))
  const heir = await issue(desk, 'Staying shop', 'merchant')
  const bank = await issue(desk, 'Branch', 'aggregator')
  assert.equal((await aggregatorCalls(desk, bank).confirm(number)).status, 200)
  await deliverNotices(desk.deps)
  const notices = sent.map((body) => JSON.parse(body) as Said)
  const notice = notices.find(({ invoice_number: about }) => about === number)
  assert.ok(notice !== undefined)
  assert.equal(notice['secure_hash'], hashOf(wire.recipes.notification, notice, heir.keys))
})

test('what cannot stand in the form is named, and everything typed stays', async () => {
  for (const [fields, reason] of [
    [{ name: 'x', role: 'merchant' }, /Give 2 to 100 characters on one line/],
    [{ name: 'Fine', role: 'operator' }, /Choose what it is for/],
    [{ name: 'Fine', role: '' }, /Choose what it is for/],
  ] as const) {
    const page = await send(desk.owner, path(), fields, '/keys')
    assert.equal(page.status, 422)
    assert.match(page.body, reason)
    assert.ok(page.body.includes(`value="${fields.name}"`))
  }
})

test('keys that moved in short, or lenient, are shown with their risk until they are replaced', async () => {
  const { organization: organizationId } = desk
  const id = 'moved-in'
  must(await createApiClient(desk.deps, { organizationId, role: 'merchant', id, key: 'k1', secret: 's1', lenientHash: true })) // prettier-ignore
  const page = textOf(await desk.owner.get(path(`/${id}`)))
  assert.match(page, /shorter than 16 characters and could be guessed/)
  assert.match(page, /Secure hashes in hex/)
  await send(desk.owner, path(`/${id}/rotate`), { overlap: 'at once' }, `/keys/${id}`)
  assert.ok(!textOf(await desk.owner.get(path(`/${id}`))).includes('could be guessed'))
})

test('the list is paged, and the quota says the limit and whom to ask', async () => {
  const { organization: organizationId, deps } = desk
  for (let count = 0; count < 26; count += 1)
    must(await createApiClient(deps, { organizationId, role: 'merchant', id: `many-${count}` }))
  const page = await send(desk.owner, path(), { name: 'One more', role: 'merchant' }, '/keys')
  assert.equal(page.status, 422)
  assert.match(
    page.body,
    /The limit is 10 API clients\. If you need more, ask the operator of this gateway\./,
  )
  const first = await desk.owner.get(path())
  assert.equal((first.body.match(/<tr>/g) ?? []).length, 26)
  const [, older = ''] = /href="([^"]+)" rel="next"/.exec(first.body) ?? []
  assert.match(textOf(await desk.owner.get(older.replaceAll('&amp;', '&'))), /Web shop/)
})

test('where money is real a waiting organization’s keys do nothing until it is approved', async () => {
  const live = await openDesk({ mode: 'live', publicUrl: 'https://gate.example' })
  try {
    const page = `/console/${live.organization}/keys`
    const refused = await send(live.owner, page, { name: 'Our branch', role: 'aggregator' }, '/keys')
    assert.equal(refused.status, 422)
    assert.match(refused.body, /Keys that confirm payments are first given by an operator of this gateway/)
    const pair = await issue(live, 'Web shop', 'merchant')
    const token = async (): Promise<Page> => await live.browser().post(wire.paths.token, { ...pair.keys })
    assert.equal((await token()).status, 422)
    must(await addMember(live.deps, { organizationId: live.deps.operatorId, email: 'amina@example.test', role: 'owner' })) // prettier-ignore
    const { id: accountId } = live.strangerAccount
    const signedInAt = live.deps.clock.now()
    const session = { accountId, id: accountId, signedInAt, methods: ['pwd', 'otp', 'mfa'] } as const
    const asker = { accountId, requestId: 'r', session }
    const because = 'Looked at its register entry'
    must(await approveOrganization(live.deps, asker, { organizationId: live.organization, verdict: 'approve', because })) // prettier-ignore
    assert.equal((await token()).status, 200)

    // A bank that an operator let confirm may give its other programs keys of their own; whose bills, she says.
    must(await createApiClient(live.deps, { organizationId: live.organization, role: 'aggregator' }))
    const branch = await issue(live, 'Our branch', 'aggregator')
    const text = textOf(await live.owner.get(`${page}/${branch.apiClientId}`))
    assert.match(text, /Pays into nobody yet: an operator links it/)
  } finally {
    await live.close()
  }
})
