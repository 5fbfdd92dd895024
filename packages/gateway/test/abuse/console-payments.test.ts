// Attacks on what an organization is paid with: its keys, services and origins. Another's, forged forms, and each role beyond what it may.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addOrigin } from '../../src/core/organization/add-origin.ts'
import { createApiClient } from '../../src/core/organization/create-api-client.ts'
import { createService } from '../../src/core/organization/create-service.ts'
import type { Role } from '../../src/core/organization/role.ts'
import { must } from '../world.ts'
import { openDesk, organizationOf, send, type Desk } from '../journeys/console/desk.ts'

let desk: Desk
before(async () => {
  desk = await openDesk()
  const { organization: organizationId, deps } = desk
  must(await createApiClient(deps, { organizationId, role: 'merchant', id: 'guarded', name: 'Guarded' }))
  const feeRule = { kind: 'none' } as const
  must(await createService(deps, { organizationId, code: '124', name: 'Rates', currency: 'KES', feeRule }))
  must(await addOrigin(deps, { organizationId, origin: 'https://shop.example' }))
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
  ['/services', ['owner', 'developer', 'finance', 'viewer']],
  ['/services/124', ['owner', 'developer', 'finance', 'viewer']],
  ['/services/new', ['owner', 'finance']],
  ['/origins', ['owner', 'developer', 'finance', 'viewer']],
]
const feeless = { name: 'Water', currency: 'KES', kind: 'none' }
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
  [
    ['/services/new', feeless],
    ['owner', 'finance'],
  ],
  [
    ['/services/124', { name: 'Land rates', kind: 'flat', flat: '5' }],
    ['owner', 'finance'],
  ],
  [
    ['/services/124/switch', { on: 'no' }],
    ['owner', 'finance'],
  ],
  [
    ['/origins', { origin: 'https://evil.example' }],
    ['owner', 'developer'],
  ],
  [
    ['/origins/remove', { remove: 'https://shop.example' }],
    ['owner', 'developer'],
  ],
  [
    ['/notices/settings/address', { address: 'https://evil.example/n' }],
    ['owner', 'developer'],
  ],
]

/** All that a member could have changed. */
async function everything(): Promise<unknown> {
  const { rows } = await rowsOf(
    `select (select json_agg(c order by c.id) from api_client c) as clients,
            (select json_agg(k order by k.id) from api_key k) as keys,
            (select json_agg(s order by s.code) from service s) as services,
            (select json_agg(o order by o.origin) from organization_origin o) as origins,
            (select json_agg(o.notification_url order by o.id) from organization o) as notices`,
  )
  return rows
}

test('to a stranger, and under an organization of her own, another’s keys, services and origins do not exist [identity 70]', async () => {
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
  for (const page of ['/keys/guarded', '/services/124'])
    assert.equal((await desk.stranger.get(`/console/${own}${page}`)).status, 404)
  const named = /guarded|124|remove/
  for (const [[form, fields]] of forms.filter(([[to]]) => named.test(to)))
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
  for (const [role, offered] of [
    ['finance', ['/keys', '/keys/guarded', '/origins']],
    ['developer', ['/services', '/services/124']],
    ['viewer', ['/services', '/services/124', '/origins']],
  ] as const) {
    await become(role)
    for (const page of offered) {
      const { body } = await desk.stranger.get(path(page))
      assert.ok(!body.includes('method="post"') && !body.includes('/services/new'), `${role} ${page}`)
    }
  }
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

test('every act about services and origins stands in the audit trail with who did it [identity 116]', async () => {
  const sent = async (form: string, fields: Readonly<Record<string, string>>, from: string) =>
    assert.equal((await send(desk.owner, path(form), fields, from)).status, 303, form)
  await sent('/services/new', { ...feeless, code: '7777' }, '/services/new')
  await sent('/services/7777', { name: 'Water bills', kind: 'flat', flat: '5' }, '/services/7777')
  await sent('/services/7777/switch', { on: 'no' }, '/services/7777')
  await sent('/services/7777/switch', { on: 'yes' }, '/services/7777')
  await sent('/origins', { origin: 'https://new.example' }, '/origins')
  await sent('/origins/remove', { remove: 'https://new.example' }, '/origins')
  const { rows } = await rowsOf(
    `select what, about_kind, details from act where by_id = $1 and by_kind = 'account' and organization_id = $2
        and request_id is not null order by at, id`,
    [desk.ownerAccount.id, desk.organization],
  )
  const [service, organization] = [{ about_kind: 'service' }, { about_kind: 'organization' }]
  const origin = 'https://new.example'
  assert.deepEqual(rows.slice(-6), [
    { what: 'service.created', ...service, details: {} },
    {
      what: 'service.changed',
      ...service,
      details: { name: 'Water bills', feeRule: '{"kind":"flat","fee":"500"}' },
    },
    { what: 'service.paused', ...service, details: {} },
    { what: 'service.resumed', ...service, details: {} },
    { what: 'origin.added', ...organization, details: { origin } },
    { what: 'origin.removed', ...organization, details: { origin } },
  ])
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
