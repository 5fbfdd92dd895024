/** Plays histories against the real engine over a real database, many at once, and holds each answer against the model. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { instant, type Instant } from '../../src/base/time.ts'
import { answerAuthorization } from '../../src/core/authorization/answer-authorization.ts'
import type { ApplicationWithSecrets } from '../../src/core/application/application.ts'
import type { ClientCredentials } from '../../src/core/client/client-credentials.ts'
import { createAccount } from '../../src/core/account/create-account.ts'
import { createApplication } from '../../src/core/application/create-application.ts'
import { findApplication } from '../../src/core/application/find-application.ts'
import { giveConsent } from '../../src/core/authorization/give-consent.ts'
import { grantTokens } from '../../src/core/token/grant-tokens.ts'
import { introspectToken } from '../../src/core/token/introspect-token.ts'
import { revokeToken } from '../../src/core/token/revoke-token.ts'
import { signIn } from '../../src/core/session/sign-in.ts'
import type { TokenRequest } from '../../src/core/token/token-request.ts'
import { withdrawConsent } from '../../src/core/authorization/withdraw-consent.ts'
import { createOrganization } from '../../src/core/organization/create-organization.ts'
import { policy } from '../../src/dialects/standard/policy.ts'
import { wanjiku } from '../journeys/account/town.ts'
import { must, openWorld, type World } from '../world.ts'
import type { Bundle, History } from './history.ts'
import {
  lives,
  moveOf,
  newFamily,
  settle,
  type Answer,
  type Done,
  type Family,
  type Move,
  type Rules,
} from './model.ts'

export type Stage = {
  /** How many histories can be played at once. */
  readonly size: number
  readonly play: (bundle: Bundle) => Promise<void>
  readonly close: () => Promise<void>
}

/** Who plays: an account that is signed in, an application that it uses, and another application that steals. */
type Slot = {
  readonly accountId: string
  readonly cookie: string
  readonly application: Caller
  readonly thief: Caller
}

type Caller = { readonly application: ApplicationWithSecrets; readonly secret: string }

const scope = 'openid profile offline_access'
const verifier = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const redirectUri = 'https://shop.example/back'

const rules: Rules = {
  codeLives: policy.codeLives.seconds,
  accessTokenLives: policy.accessTokenLives.seconds,
  refreshTokenLives: policy.refreshTokenLives.seconds,
  familyLives: policy.familyLives.seconds,
  sameAnswerFor: policy.sameAnswerFor.seconds,
}

const accounts = 8
const applications = 16
const begin = Date.UTC(2026, 10, 22, 9)

export async function openStage(): Promise<Stage> {
  const time = { ms: begin }
  const world = await openWorld({ clock: { now: (): Instant => instant(time.ms) } })
  const slots = await makeSlots(world)
  return {
    size: slots.length,
    play: async (bundle) => {
      time.ms = begin
      await playAll(world, slots, bundle, (seconds) => {
        time.ms += seconds * 1000
      })
    },
    close: world.close,
  }
}

async function makeSlots({ deps }: World): Promise<readonly Slot[]> {
  const organizationId = must(await createOrganization(deps, { name: 'Ministry of Gates', origins: [] })).id
  const callers = await Promise.all(
    Array.from({ length: applications }, async (_, place): Promise<Caller> => {
      const asked = {
        organizationId,
        name: `Boma ${place}`,
        kind: 'web',
        redirectUris: [redirectUri],
      } as const
      const made = must(await createApplication(deps, { ...asked, idTokenAlg: 'ES256' }))
      const application = await findApplication(deps, made.clientId)
      assert.ok(application !== null && made.clientSecret !== null)
      return { application, secret: made.clientSecret }
    }),
  )
  const people = await Promise.all(
    Array.from({ length: accounts }, async (_, place) => await person(deps, place)),
  )
  return people.flatMap((one) =>
    callers.map((application, place) => {
      const thief = callers[(place + 1) % callers.length]
      assert.ok(thief)
      return { ...one, application, thief }
    }),
  )
}

async function person(deps: World['deps'], place: number): Promise<Pick<Slot, 'accountId' | 'cookie'>> {
  const idNumber = String(10_000_000 + place)
  const password = 'a person of the model'
  const account = must(
    await createAccount(deps, { ...wanjiku, idNumber, email: null, phone: null, kraPin: null, password }),
  )
  const signedIn = must(
    await signIn(deps, {
      identifiers: [{ kind: 'id_number', value: idNumber }],
      password,
      address: `10.0.0.${place}`,
      userAgent: null,
      sessionCookie: undefined,
      deviceCookie: undefined,
    }),
  )
  if (signedIn.kind !== 'signed-in') throw new Error('this person has no second factor')
  return { accountId: account.id, cookie: signedIn.sessionCookie }
}

type Play = { readonly slot: Slot; readonly history: History; readonly families: Family[] }

async function playAll(
  { deps }: World,
  slots: readonly Slot[],
  { histories, waits }: Bundle,
  pass: (seconds: number) => void,
): Promise<void> {
  const seconds = (): number => deps.clock.now().epochMs / 1000
  const plays = await Promise.all(
    histories.map(async (history, place): Promise<Play> => {
      const slot = slots[place]
      assert.ok(slot, 'more histories than slots')
      const codes = await Promise.all(
        Array.from({ length: history.tabs }, async () => await authorize(deps, slot)),
      )
      return { slot, history, families: codes.map((code) => newFamily(code ?? '', seconds())) }
    }),
  )
  const longest = Math.max(...histories.map(({ rounds }) => rounds.length))
  for (let round = 0; round < longest; round += 1) {
    const now = seconds()
    await Promise.all(plays.map(async (play) => await playRound(deps, play, round, now)))
    pass(waits[round] ?? 0)
    await Promise.all(plays.map(async (play) => await look(deps, play, seconds())))
  }
}

/** The code; null when her session is over. */
async function authorize(deps: World['deps'], slot: Slot): Promise<string | null> {
  const { accountId, cookie } = slot
  const { application } = slot.application
  await giveConsent(deps, { accountId, clientId: application.clientId, scopes: scope.split(' ') })
  const parameters = new Map(
    Object.entries({
      response_type: 'code',
      client_id: application.clientId,
      redirect_uri: redirectUri,
      scope,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }),
  )
  const asked = {
    request: { parameters, repeated: [], resources: [], pushed: null },
    application,
    policy,
    cookie,
    signInMark: undefined,
    pressed: null,
  }
  const answer = await answerAuthorization(deps, asked)
  return answer.kind === 'issue-code' ? answer.code : null
}

async function playRound(deps: World['deps'], play: Play, round: number, now: number): Promise<void> {
  const steps = play.history.rounds[round] ?? []
  const moves = steps.map((step) => moveOf(step, play.families))
  const done: readonly Done[] = await Promise.all(
    moves.map(async (move) => ({ ...move, answer: await act(deps, play.slot, move) })),
  )
  settle(done, play.families, now, rules)
}

async function act(deps: World['deps'], slot: Slot, { step, family, token }: Move): Promise<Answer> {
  switch (step.do) {
    case 'withdraw':
      await withdrawConsent(deps, slot.accountId, slot.application.application.clientId)
      return { kind: 'done' }
    case 'authorize': {
      const code = await authorize(deps, slot)
      return code === null ? { kind: 'done' } : { kind: 'code', code }
    }
    case 'redeem':
      return await grant(deps, callerOf(slot, step.how), {
        grant: 'code',
        code: family?.code ?? '',
        redirectUri,
        verifier: step.how === 'wrong verifier' ? verifier.toUpperCase() : verifier,
        resources: null,
      })
    case 'refresh':
      return await grant(deps, callerOf(slot, step.how), {
        grant: 'refresh',
        refreshToken: token?.text ?? '',
        scopes: step.how === 'narrower' ? ['openid'] : null,
        resources: null,
      })
    case 'revoke':
      await revokeToken(deps, { token: token?.text ?? '', by: slot.application.application })
      return { kind: 'done' }
  }
}

function callerOf(slot: Slot, how: string): Caller {
  return how === 'other client' ? slot.thief : slot.application
}

function saidBy({ application, secret }: Caller): ClientCredentials {
  const { clientId } = application
  return { clientId, secret, method: 'client_secret_post', assertion: null, address: '10.0.0.1' }
}

async function grant(deps: World['deps'], caller: Caller, request: TokenRequest): Promise<Answer> {
  const by = saidBy(caller)
  const given = await grantTokens(deps, by, { ...request, jkt: null }, policy)
  if (!given.ok) return { kind: 'refused', code: given.refusal.code }
  const { accessToken: access, refreshToken: refresh, idToken: id } = given.value
  return { kind: 'tokens', access, refresh, id }
}

/** Asks of every token that was ever given whether it lives. */
async function look(deps: World['deps'], { slot, families }: Play, now: number): Promise<void> {
  const by = saidBy(slot.application)
  for (const family of families) {
    const seen = await Promise.all(
      family.tokens.map(async (token) => {
        const live = must(
          await introspectToken(deps, { token: token.text, by, kinds: ['access', 'refresh'] }),
        )
        return { token, live: live !== null, must: lives(token, family, now) }
      }),
    )
    for (const { token, live, must: expected } of seen) {
      if (expected !== 'unsure')
        assert.equal(live, expected, `a ${token.kind} token ${live ? 'lives' : 'is dead'}`)
    }
    const open = seen.filter((one) => one.must === 'unsure')
    if (open.length === 0) continue
    // Which came first is seen now; but a family lives or is dead as a whole.
    assert.equal(new Set(open.map(({ live }) => live)).size, 1, 'half a family was revoked')
    family.state = open[0]?.live === true ? 'alive' : 'dead'
  }
}
