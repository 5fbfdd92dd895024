// Nobody but the operator may be called what people know the gateway by: they would give her their passwords.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createApplication } from '../../src/core/application/create-application.ts'
import { must } from '../world.ts'
import type { Page } from '../journeys/account/town.ts'
import { guard, openDesk, openOperator, send, type Desk } from '../journeys/console/desk.ts'

let desk: Desk
let keeper: string
before(async () => {
  desk = await openDesk()
  const [row] = await desk.deps.db.query<{ readonly name: string }>(
    { name: 'keeper_for_test', text: 'select name from organization where id = $1' },
    [desk.deps.operatorId],
  )
  keeper = row?.name ?? ''
})
after(async () => {
  await desk.close()
})

const back = 'https://shop.example/back'
const passing = () => ['Lango', 'LANG0', 'Iango', 'Lanɡo', 'L á n g o', keeper, keeper.toUpperCase()]

function refused(page: Page, name: string): void {
  assert.equal(page.status, 422, name)
  assert.match(page.body, /The name could pass for/, name)
}

test('an organization is neither registered nor renamed to pass for the house [identity 104]', async () => {
  for (const name of passing()) {
    refused(await send(desk.owner, '/console', { name }), name)
    refused(await send(desk.owner, `/console/${desk.organization}`, { name }, ''), name)
  }
  assert.equal((await send(desk.stranger, '/console', { name: 'Lango la Maji' })).status, 303)
})

test('an application is neither registered nor renamed to pass for the house [identity 104]', async () => {
  const path = `/console/${desk.organization}/applications`
  const form = { kind: 'web', redirectUris: back }
  for (const name of passing())
    refused(await send(desk.owner, `${path}/new`, { name, ...form }, '/applications/new'), name)
  const asked = {
    organizationId: desk.organization,
    name: 'Shop',
    kind: 'web',
    redirectUris: [back],
  } as const
  const { clientId } = must(await createApplication(desk.deps, asked))
  const change = { redirectUris: back, authMethod: '', idTokenAlg: 'ES256', profile: 'standard' }
  for (const name of passing())
    refused(
      await send(desk.owner, `${path}/${clientId}`, { name, ...change }, `/applications/${clientId}`),
      name,
    )
})

test('what an operator named so at the machine can still be changed by its members, and the operator may', async () => {
  const asked = {
    organizationId: desk.organization,
    name: 'Lango',
    kind: 'web',
    redirectUris: [back],
  } as const
  const { clientId } = must(await createApplication(desk.deps, asked))
  const path = `/console/${desk.organization}/applications/${clientId}`
  const form = { name: 'Lango', redirectUris: back, authMethod: '', idTokenAlg: 'PS256', profile: 'standard' }
  assert.equal((await send(desk.owner, path, form, `/applications/${clientId}`)).status, 303)

  const { browser } = await openOperator(desk)
  await guard(desk, browser)
  const own = `/console/${desk.deps.operatorId}/applications/new`
  const made = { name: 'Lango', kind: 'web', redirectUris: back }
  assert.equal((await send(browser, own, made, '/applications/new')).status, 200)
})
