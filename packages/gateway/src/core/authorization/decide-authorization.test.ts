import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../../base/time.ts'
import type { Application } from '../application/application.ts'
import type { AuthorizationRequest, Situation } from './authorization.ts'
import { plainest } from '../application/new-application.ts'
import { decide } from './decide-authorization.ts'
import { strict } from '../token/grant.ts'
import { consentNeeded } from '../token/user-info.ts'

const application: Application = {
  ...plainest,
  clientId: 'shop',
  organizationId: 'o',
  organizationName: 'Ministry of Gates',
  name: 'Duka',
  kind: 'web',
  redirectUris: ['https://shop.example/back'],
  releases: 'scopes',
  allowances: [],
  idTokenAlg: 'RS256',
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'profile', 'email'],
  demo: true,
  disabledAt: null,
}

const challenge = 'c'.repeat(43)
const now = instant(1_000_000_000)

/** Values that requests are made of: good ones, bad ones, and none. */
const parameters = {
  client_id: ['shop', 'nobody'],
  redirect_uri: ['https://shop.example/back', 'https://shop.example/back/', 'https://evil.example/'],
  response_type: ['code', 'token', 'code token', ''],
  scope: ['openid', 'openid profile', 'openid phone', 'nonsense', '', 'email'],
  state: ['s', ''],
  nonce: ['n', ''],
  code_challenge: [challenge, 'short', ''],
  code_challenge_method: ['S256', 'plain'],
  prompt: ['none', 'login', 'consent', 'none login', 'login consent', 'odd', ''],
  max_age: ['0', '60', '100000', 'soon'],
  response_mode: ['query', 'form_post'],
  request: ['x'],
  request_uri: ['https://evil.example/'],
} as const

const good: Readonly<Record<string, string>> = {
  client_id: 'shop',
  redirect_uri: 'https://shop.example/back',
  response_type: 'code',
  scope: 'openid profile',
  code_challenge: challenge,
  code_challenge_method: 'S256',
}
const names = Object.keys(parameters) as (keyof typeof parameters)[]

/** One thing about a request: another value, or none. */
const change = fc
  .constantFrom(...names)
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom<string | null>(...parameters[name], null)))

/** A good request with up to four things changed, so that most checks are passed and each is met. */
const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  parameters: fc.array(change, { maxLength: 4 }).map((changes) => {
    const made = new Map(Object.entries(good))
    for (const [name, value] of changes) {
      if (value === null) made.delete(name)
      else made.set(name, value)
    }
    return made
  }),
  repeated: fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    fc.subarray(names, { minLength: 1, maxLength: 2 }),
  ),
  resources: fc.constant([]),
  pushed: fc.constantFrom(
    null, null, null, null,
    ...(['live', 'ended', 'unknown'] as const).map((state) => ({ hash: new Uint8Array(), state })),
  ), // prettier-ignore
})

const situation: fc.Arbitrary<Situation> = fc.record({
  application: fc.constantFrom(
    application,
    application,
    { ...application, releases: 'national-identity' as const },
    { ...application, requirePar: true },
    null,
  ),
  policy: fc
    .record({
      pkce: fc.constantFrom('required' as const, 'optional' as const),
      request: fc.constantFrom('bound' as const, 'unbound' as const),
    })
    .map((loose) => ({ ...strict, ...loose, describe: () => ({}) })),
  session: fc.option(
    fc.integer({ min: 0, max: 200_000 }).map((ago) => ({
      accountId: 'a',
      id: 's',
      signedInAt: instant(now.epochMs - ago * 1000),
      methods: ['pwd' as const],
    })),
  ),
  agreed: fc.subarray(['openid', 'profile', 'email', 'national-identity']),
  decision: fc.constantFrom(null, null, 'proceed' as const, 'back' as const),
  sentToSignInAt: fc.option(
    fc.integer({ min: 0, max: 2000 }).map((ago) => instant(now.epochMs - ago * 1000)),
  ),
  hint: fc.constantFrom(null, null, hintOf('a'), hintOf('b'), 'unreadable' as const),
  subject: fc.constant('a'),
  issuer: fc.constant('https://lango.example'),
  now: fc.constant(now),
})

function hintOf(subject: string) {
  return { subject, clientId: 'shop', sid: null }
}

const runs = { numRuns: 20_000 }

test('whatever is asked, an answer leaves only for the registered address of a known application', () => {
  fc.assert(
    fc.property(request, situation, (asked, about) => {
      const effect = decide(asked, about)
      if (effect.kind === 'show-error') return
      assert.equal(asked.parameters.get('redirect_uri'), 'https://shop.example/back')
      assert.ok(
        about.application !== null &&
          !asked.repeated.includes('redirect_uri') &&
          !asked.repeated.includes('client_id'),
      )
    }),
    runs,
  )
})

test('whatever is asked, a code is given only to who is signed in, freshly enough, and agreed to all of it', () => {
  fc.assert(
    fc.property(request, situation, (asked, about) => {
      const effect = decide(asked, about)
      if (effect.kind !== 'issue-code') return
      const given = asked.parameters
      const prompts = (given.get('prompt') ?? '').split(' ')
      assert.deepEqual(effect.session, about.session)
      assert.deepEqual(asked.repeated, [])
      assert.notEqual(asked.pushed?.state, 'ended')
      assert.ok(asked.pushed !== null || about.application?.requirePar === false)
      assert.equal(given.get('response_type'), 'code')
      assert.ok(given.get('request') === undefined && given.get('request_uri') === undefined)
      if (about.policy.pkce === 'required') assert.equal(given.get('code_challenge'), challenge)
      if (given.has('code_challenge')) assert.equal(given.get('code_challenge_method'), 'S256')
      const needed = consentNeeded(about.application?.releases ?? 'scopes', effect.scopes)
      assert.ok(effect.scopes.every((scope) => application.scopes.includes(scope)))
      if (about.decision !== 'proceed') {
        assert.ok(needed.every((item) => about.agreed.includes(item)) && !prompts.includes('consent'))
      }
      const sent = about.sentToSignInAt?.epochMs ?? Number.POSITIVE_INFINITY
      const isNew = effect.session.signedInAt.epochMs >= sent && now.epochMs - sent < 900_000
      if (prompts.includes('login')) assert.ok(isNew)
      const maxAge = Number(given.get('max_age') ?? Number.POSITIVE_INFINITY)
      assert.ok(isNew || now.epochMs - effect.session.signedInAt.epochMs <= maxAge * 1000)
      assert.ok(
        about.hint === null ||
          (about.hint !== 'unreadable' && about.hint.subject === effect.session.accountId),
      )
    }),
    runs,
  )
})

test('whatever is asked, prompt=none never shows a page of ours', () => {
  fc.assert(
    fc.property(request, situation, (asked, about) => {
      const quiet = { ...asked, parameters: new Map([...asked.parameters, ['prompt', 'none']]) }
      assert.notEqual(decide(quiet, about).kind, 'sign-in')
      assert.notEqual(decide(quiet, about).kind, 'ask-consent')
    }),
    runs,
  )
})

test('the same request in the same situation is judged the same, and every kind of answer is reached', () => {
  const kinds = new Map<string, number>()
  const codes = new Set<string>()
  fc.assert(
    fc.property(request, situation, (asked, about) => {
      const effect = decide(asked, about)
      assert.deepEqual(decide(asked, about), effect)
      kinds.set(effect.kind, (kinds.get(effect.kind) ?? 0) + 1)
      if ('refusal' in effect) codes.add(effect.refusal.code)
    }),
    runs,
  )
  assert.deepEqual([...kinds.keys()].sort(), ['ask-consent', 'issue-code', 'refuse', 'show-error', 'sign-in'])
  // A property over cases that never get there would prove nothing.
  for (const [kind, times] of kinds) assert.ok(times > 200, `${kind}: ${times}`)
  assert.deepEqual([...codes].sort(), [
    'access_denied', 'client_unknown', 'consent_required', 'invalid_request', 'invalid_request_uri', 'invalid_scope',
    'login_required', 'redirect_unregistered', 'request_not_supported', 'request_uri_not_supported', 'unsupported_response_type',
  ]) // prettier-ignore
})
