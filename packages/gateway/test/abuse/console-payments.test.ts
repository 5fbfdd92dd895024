// Attacks on what an organization is paid with: its keys. Another's, forged forms, and each role beyond what it may.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApiClient } from '../../src/core/organization/create-api-client.ts'
import type { Role } from '../../src/core/organization/role.ts'
import { must } from '../world.ts'
import { openDesk, organizationOf, send, type Desk } from '../journeys/console/desk.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
  const { organization: organizationId, deps } = desk
  must(await createApiClient(deps, { organizationId, role: 'merchant', id: 'guarded', name: 'Guarded' }))
})
after(async () => {
  await desk.close()
})

const path = (rest = ''): string => `/console/${desk.organization}${rest}`

type Form = readonly [path: string, fields: Readonly<Record<string, string>>]

/** Who opens which page, and who may send which form; whoever does not stand there may not. */
const pages: readonly (readonly [path: string, roles: readonly Role[]])[] = [
  ['/keys', ['owner', 'developer', 'finance']],
  ['/keys/guarded', ['owner', 'developer', 'finance']],
]
const forms: readonly (readonly [form: Form, roles: readonly Role[]])[] = [
  [
    ['/keys', { name: 'One more', role: 'merchant' }],
    ['owner', 'developer'],
  ],
  [
    ['/keys/guarded/rotate', { overlap: 'at once' }],
    ['owner', 'developer'],
  ],
  [
    ['/keys/guarded/end-key', { key: 'x' }],
    ['owner', 'developer'],
  ],
  [
    ['/keys/guarded/rename', { name: 'Renamed' }],
    ['owner', 'developer'],
  ],
  [
    ['/keys/guarded/end', { confirm: 'not meant' }],
    ['owner', 'developer'],
  ],
]

/** All that a member could have changed. */
async function everything(): Promise<unknown> {
  const { rows } = await rowsOf(
    `select (select json_agg(c order by c.id) from api_client c) as clients,
            (select json_agg(k order by k.id) from api_key k) as keys`,
  )
  return rows
}

test('to a stranger, and under an organization of her own, another’s keys do not exist [identity 70]', async () => {
  const own = organizationOf(await send(desk.stranger, '/console', { name: 'Mine' }))
  const before = await everything()
  const madeUp = '/console/01900000-0000-7000-8000-00000000beef'
  const plain = (body: string): string => body.replaceAll(/nonce="[^"]+"/g, '')
  const unknown = plain((await desk.stranger.get(`${madeUp}/keys`)).body)
  for (const [page] of pages) {
    const theirs = await desk.stranger.get(path(page))
    assert.deepEqual([theirs.status, plain(theirs.body)], [404, unknown], page)
  }
  for (const [[form, fields]] of forms)
    assert.equal((await send(desk.stranger, path(form), fields)).status, 404, form)
  // The other's caller at the address of her own organization.
  assert.equal((await desk.stranger.get(`/console/${own}/keys/guarded`)).status, 404)
  for (const [[form, fields]] of forms.filter(([[to]]) => to.startsWith('/keys/')))
    assert.equal((await send(desk.stranger, `/console/${own}${form}`, fields)).status, 404, form)
  assert.deepEqual(await everything(), before)
})

test('a form without its token, or with another’s, does nothing [identity 116]', async () => {
  const { token } = await desk.stranger.get('/console')
  const before = await everything()
  for (const [[form, fields]] of forms) {
    for (const given of ['', 'x', token]) {
      const forged = await desk.owner.post(path(form), { ...fields, token: given })
      assert.equal(forged.status, 303, form)
      assert.match(forged.location ?? '', /\?note=expired$/)
    }
  }
  assert.deepEqual(await everything(), before)
})

for (const role of ['viewer', 'finance', 'developer'] as const) {
  test(`a ${role} opens and sends exactly what the table of roles allows her [identity 116]`, async () => {
    await become(role)
    for (const [page, roles] of pages)
      assert.equal((await desk.stranger.get(path(page))).status, roles.includes(role) ? 200 : 403, page)
    for (const [[form, fields], roles] of forms) {
      const before = await everything()
      const { status, body } = await send(desk.stranger, path(form), fields)
      assert.equal(status === 403, !roles.includes(role), `${form} ${status}`)
      if (roles.includes(role)) continue
      assert.match(body, new RegExp(`Your role here, ${role}, does not allow it\\.`))
      assert.deepEqual(await everything(), before, form)
    }
  })
}

test('who may only look is offered no form and never a way to one [identity 116]', async () => {
  await become('finance')
  for (const page of ['/keys', '/keys/guarded']) {
    const { body } = await desk.stranger.get(path(page))
    assert.ok(!body.includes('method="post"'), page)
  }
  await become('viewer')
  assert.ok(!(await desk.stranger.get(path())).body.includes(path('/keys')))
})

test('every act about keys stands in the audit trail with who did it, and never with a key or secret [identity 116]', async () => {
  const made = await send(desk.owner, path('/keys'), { name: 'Traced', role: 'merchant' }, '/keys')
  const id = /<code>([\w-]{16})<\/code>/.exec(made.body)?.[1] ?? ''
  const secrets = [...made.body.matchAll(/class="secret" id="\w+">([^<]+)</g)].map(([, text = '']) => text)
  assert.equal(secrets.length, 2)
  const at = `/keys/${id}`
  await send(desk.owner, path(`${at}/rotate`), { overlap: 'a day' }, at)
  const key = /name="key" value="([^"]+)"/.exec((await desk.owner.get(path(at))).body)?.[1] ?? ''
  await send(desk.owner, path(`${at}/end-key`), { key }, at)
  await send(desk.owner, path(`${at}/rename`), { name: 'Traced still' }, at)
  await send(desk.owner, path(`${at}/end`), { confirm: id }, at)
  const { rows } = await rowsOf(
    `select what, by_kind, by_id, about_kind, organization_id, details, request_id is not null as traced
       from act where about_id = $1 order by at, id`,
    [id],
  )
  const by = {
    by_kind: 'account',
    by_id: desk.ownerAccount.id,
    about_kind: 'api-client',
    organization_id: desk.organization,
    traced: true,
  }
  assert.deepEqual(rows, [
    { what: 'api-client.created', ...by, details: { role: 'merchant' } },
    { what: 'api-client.key-rotated', ...by, details: { overlapSeconds: 86_400 } },
    { what: 'api-client.key-ended', ...by, details: {} },
    { what: 'api-client.renamed', ...by, details: { name: 'Traced still' } },
    { what: 'api-client.ended', ...by, details: {} },
  ])
  for (const secret of secrets) assert.ok(!JSON.stringify(rows).includes(secret))
})

/** The stranger, as a member of this role. */
async function become(role: Role): Promise<void> {
  if ((await desk.stranger.get(path())).status === 404) await desk.join(role)
  const account = desk.strangerAccount.id
  const changed = await send(desk.owner, path('/members/role'), { account, role }, '/members')
  assert.equal(changed.status, 303)
}

async function rowsOf(text: string, values: readonly unknown[] = []) {
  const name = `look_${Buffer.from(text).toString('hex').slice(0, 40)}${text.length}`
  return { rows: await desk.deps.db.query({ name, text }, values) }
}
