// What somebody wants to bring along and may not, or not so.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { textOf } from '../account/town.ts'
import { openDesk, organizationOf, send, type Desk } from './desk.ts'
import { boma, movingInto, shop, whole, type Moving } from './import-desk.ts'

let desk: Desk
let path: Moving['path']
let look: Moving['look']
let confirm: Moving['confirm']
before(async () => {
  desk = await openDesk()
  ;({ path, look, confirm } = movingInto(desk))
  await confirm(await look(whole))
})
after(async () => {
  await desk.close()
})

test('a row that does not fit is refused with what to mend, and the others come in', async () => {
  const page = await look({
    applications: [
      { ...boma, client_id: 'short', client_secret: '1234567' },
      { ...boma, client_id: 'wild', redirect_uris: ['https://*.example/'] },
      { ...boma, client_id: 'odd', allow: ['everything'], colour: 'red' },
      { ...boma, client_id: 'posing', name: 'Lang0' },
      { client_id: 'spa', name: 'Browser', kind: 'single-page', redirect_uris: ['https://spa.example/'] },
    ],
    api_clients: [{ api_client_id: 'weak', key: 'short', secret: 'long enough for now' }, { ...shop, api_client_id: 'twice' }, { ...shop, api_client_id: 'twice' }], // prettier-ignore
    services: [
      { code: '0124', name: 'Zero' },
      { code: '77', name: 'Shillings', currency: 'XXX' },
    ],
    origins: ['https://lands.example/path', 7],
  })
  const text = textOf(page)
  for (const said of [
    'client_secret: at least 8 characters.',
    'Line 1, https://*.example/: There are no wildcards: register each address.',
    'name: The name could pass for Lango, which is this gateway or who keeps it.',
    'There is no colour here: client_id, client_secret, name',
    'allow: everything is none of no-pkce',
    'key: 8 to 200 characters of printable ASCII.',
    'It stands in the document twice.',
    'digits without a leading zero, at most 10',
    'currency: XXX is not served.',
    'Write it as scheme://host[:port].',
    'An origin is a text: scheme://host[:port].',
    'Bring 2 in',
  ])
    assert.ok(text.includes(said), said)
  const done = textOf(await confirm(page))
  assert.match(done, /spa Browser https:\/\/spa\.example\/ made/)
  assert.notEqual(await desk.deps.findApiClient('twice'), null)
})

test('what is no document is refused as a whole, and what was typed stays', async () => {
  for (const [document, because] of [
    ['', 'Paste the document, or choose its file.'],
    ['{"applications":\n  [1 2]}', 'This is no JSON: look at line 2, column 6.'],
    ['{"key": my-secret', 'This is no JSON: check its quotes, commas and brackets.'],
    ['[]', 'The document is an object with applications, api_clients, services, origins.'],
    ['{"apps": []}', 'There is no apps here: applications, api_clients, services, origins.'],
    ['{"origins": "https://lands.example"}', 'origins is a list.'],
    ['{"origins": []}', 'The document names nothing to bring in.'],
    [
      JSON.stringify({ origins: Array.from({ length: 201 }, (_, at) => `https://o${at}.example`) }),
      'At most 200 things at once.',
    ],
  ] as const) {
    const page = await look(document)
    assert.equal(page.status, 422, because)
    assert.ok(textOf(page).includes(because), `${because} in ${textOf(page).slice(0, 600)}`)
  }
  assert.ok((await look('{"apps": 1}')).body.includes('{&quot;apps&quot;: 1}</textarea>'))
})

test('another organization is told that an id is not free, and of whom it is not a word', async () => {
  const theirs = organizationOf(await send(desk.stranger, '/console', { name: 'Duka la Amina' }))
  const page = await look(
    { applications: [{ ...boma, name: 'Mine' }], api_clients: [shop] },
    desk.stranger,
    theirs,
  )
  const text = textOf(page)
  assert.equal(
    text.match(/This id is not free\. If it is yours, ask the operator of this gateway\./g)?.length,
    2,
  )
  assert.ok(!page.body.includes(desk.organization))
  assert.ok(!text.includes('Wizara'))
})

test('quotas hold for what is brought along too', async () => {
  const origins = Array.from({ length: 25 }, (_, at) => `https://many-${at}.example`)
  const text = textOf(await look({ origins }))
  assert.match(text, /The limit is 20 origins\. If you need more, ask the operator of this gateway\./)
  assert.match(text, /Bring 19 in/)
})

test('only owners bring things in; a form without its token changes nothing', async () => {
  await desk.join('developer')
  assert.equal((await desk.stranger.get(path())).status, 403)
  const { token } = await desk.stranger.get('/console')
  for (const rest of ['', '/confirm', '/withdraw'])
    assert.equal(
      (await desk.stranger.post(path(rest), { token, pasted: '{"origins":["https://x.example"]}' })).status,
      403,
    )
  assert.ok(!textOf(await desk.stranger.get(`/console/${desk.organization}`)).includes('Import'))
  const forged = await desk.owner.post(path(), {
    token: 'made up',
    pasted: '{"origins":["https://x.example"]}',
  })
  assert.deepEqual([forged.status, forged.location], [303, `${path()}?note=expired`])
  assert.ok(!textOf(await desk.owner.get(path())).includes('https://x.example'))
})
