/**
 * What must be true of tokens, kept in memory and in the plainest words. It is told what was done and what was
 * answered, says whether that could be, and knows afterwards which tokens may live.
 */
import assert from 'node:assert/strict'
import type { Step } from './history.ts'

export type Rules = {
  readonly codeLives: number
  readonly accessTokenLives: number
  readonly refreshTokenLives: number
  readonly familyLives: number
  /** Within so many seconds the same application gets the same answer to the same refresh again. */
  readonly sameAnswerFor: number
}

export type Answer =
  | {
      readonly kind: 'tokens'
      readonly access: string
      readonly refresh: string | null
      readonly id: string | null
    }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'done' }

type Token = {
  readonly kind: 'access' | 'refresh'
  readonly text: string
  readonly endsAt: number
  revoked: boolean
  spent: { readonly at: number; readonly narrower: boolean; readonly answer: Answer } | null
}

/** An authorization and all that came of it. `unsure`: two steps at once left open which came first. */
export type Family = {
  readonly code: string
  readonly bornAt: number
  redeemed: boolean
  state: 'alive' | 'dead' | 'unsure'
  readonly tokens: Token[]
}

/** A step with what it was about: the token is picked before the round begins. */
export type Move = { readonly step: Step; readonly family: Family | null; readonly token: Token | null }
export type Done = Move & { readonly answer: Answer }

export function newFamily(code: string, now: number): Family {
  return { code, bornAt: now, redeemed: false, state: 'alive', tokens: [] }
}

export function moveOf(step: Step, families: readonly Family[]): Move {
  if (step.do === 'withdraw' || step.do === 'authorize') return { step, family: null, token: null }
  const family = families[step.tab % families.length] ?? null
  if (step.do === 'redeem' || family === null) return { step, family, token: null }
  const kind = step.do === 'refresh' ? 'refresh' : step.kind
  // The newest first: that is the one that most is done with.
  const tokens = family.tokens.filter((one) => one.kind === kind).toReversed()
  return { step, family, token: tokens[step.token % Math.max(1, tokens.length)] ?? null }
}

/** Holds what was answered in one round against what may be, and takes over what follows from it. */
export function settle(done: readonly Done[], families: Family[], now: number, rules: Rules): void {
  settleOld(done, families, now, rules)
  const withdrawn = done.some(({ step }) => step.do === 'withdraw')
  for (const { answer } of done) {
    if (answer.kind !== 'code') continue
    // What she agreed to and withdrew in the same moment holds or not.
    families.push({ ...newFamily(answer.code, now), state: withdrawn ? 'unsure' : 'alive' })
  }
}

function settleOld(done: readonly Done[], families: readonly Family[], now: number, rules: Rules): void {
  const withdrawn = done.some(({ step }) => step.do === 'withdraw')
  for (const family of families) {
    const own = done.filter((one) => one.family === family)
    const ended =
      withdrawn ||
      own.some(({ step, token }) => step.do === 'revoke' && step.kind === 'refresh' && token !== null)
    const round = { ...rules, disturbed: ended || mayKill(own, family, now, rules) }
    const killed = [settleCode(own, family, now, round), settleRefreshes(own, family, now, round)]
    for (const { step, token } of own) {
      if (step.do === 'revoke' && step.kind === 'access' && token !== null) token.revoked = true
    }
    if (family.state === 'dead') continue
    if (ended || killed.includes('yes')) family.state = 'dead'
    else if (killed.includes('perhaps')) family.state = 'unsure'
  }
}

/** `disturbed`: something in the same round ends the family or may, so that steps beside it may fail. */
type Round = Rules & { readonly disturbed: boolean }
type Killed = 'no' | 'yes' | 'perhaps'

/** Whether the family's own application presents anything that was spent before, or spends anything twice. */
function mayKill(own: readonly Done[], family: Family, now: number, rules: Rules): boolean {
  const ours = own.filter(
    ({ step }) => (step.do === 'redeem' || step.do === 'refresh') && step.how !== 'other client',
  )
  if (ours.filter(({ step }) => step.do === 'redeem').length > (family.redeemed ? 0 : 1)) return true
  return ours.some(({ step, token }, place) => {
    if (step.do !== 'refresh' || token === null) return false
    const spentAt = token.spent?.at ?? (ours.findIndex((one) => one.token === token) < place ? now : null)
    return spentAt !== null && now >= spentAt + rules.sameAnswerFor
  })
}

function settleCode(own: readonly Done[], family: Family, now: number, rules: Round): Killed {
  const tries = own.filter(({ step }) => step.do === 'redeem')
  const [right, wrong, stranger] = (['right', 'wrong verifier', 'other client'] as const).map((how) =>
    tries.filter(({ step }) => step.do === 'redeem' && step.how === how),
  )
  const winners = tries.filter(({ answer }) => answer.kind === 'tokens')
  for (const one of [...(wrong ?? []), ...(stranger ?? [])]) assertRefused(one, 'invalid_grant')
  const good = !family.redeemed && family.state !== 'dead' && now < family.bornAt + rules.codeLives
  assert.ok(winners.length <= (good ? 1 : 0), `${winners.length} of ${tries.length} redemptions won`)
  const sure = good && family.state === 'alive' && !rules.disturbed
  if (sure && (right ?? []).length > 0) assert.equal(winners.length, 1, 'a good code was refused')
  const before = family.redeemed
  for (const { answer } of winners) {
    family.redeemed = true
    take(family, answer, now, rules)
  }
  const again = (right ?? []).length - winners.length + (wrong ?? []).length
  if (before && again > 0) return 'yes'
  if (!family.redeemed) return 'no'
  // Of the right ones all but the winner came after it; a wrong one may have come before.
  if ((right ?? []).length > 1) return 'yes'
  return (wrong ?? []).length > 0 && winners.length > 0 ? 'perhaps' : 'no'
}

function settleRefreshes(own: readonly Done[], family: Family, now: number, rules: Round): Killed {
  let killed: Killed = 'no'
  for (const token of new Set(own.map((one) => one.token))) {
    const tries = own.filter((one) => one.token === token && one.step.do === 'refresh')
    if (token === null || tries.length === 0) continue
    if (settleRefresh(tries, token, { family, now, rules }) === 'yes') killed = 'yes'
  }
  return killed
}

type About = { readonly family: Family; readonly now: number; readonly rules: Round }

function settleRefresh(tries: readonly Done[], token: Token, about: About): Killed {
  const { family, now, rules } = about
  const ours = tries.filter(({ step }) => step.do === 'refresh' && step.how !== 'other client')
  for (const one of tries) if (!ours.includes(one)) assertRefused(one, 'invalid_grant')
  const living = family.state !== 'dead' && now < token.endsAt
  const sure = living && family.state === 'alive' && !rules.disturbed
  const winner = token.spent === null ? ours.find(({ answer }) => answer.kind === 'tokens') : undefined
  if (token.spent === null) {
    if (!living) assert.equal(winner, undefined, 'a refresh token that had ended gave tokens')
    if (sure && ours.length > 0) assert.ok(winner, 'a good refresh token was refused')
    if (winner === undefined) return 'no'
    token.spent = { at: now, narrower: isNarrower(winner), answer: winner.answer }
    take(family, winner.answer, now, rules)
  }
  const { spent } = token
  const inWindow = now < spent.at + rules.sameAnswerFor
  const again = ours.filter((one) => one !== winner)
  for (const one of again) {
    const alike = inWindow && spent.narrower === isNarrower(one)
    if (one.answer.kind === 'tokens') {
      assert.ok(alike, 'a spent refresh token gave tokens')
      assert.deepEqual(one.answer, spent.answer, 'a retry got other tokens')
    } else if (alike && sure) assert.fail('a retry inside the window was refused')
  }
  return !inWindow && again.length > 0 ? 'yes' : 'no'
}

function isNarrower({ step }: Done): boolean {
  return step.do === 'refresh' && step.how === 'narrower'
}

function take(family: Family, answer: Answer, now: number, rules: Rules): void {
  if (answer.kind !== 'tokens') return
  const token = (kind: Token['kind'], text: string, endsAt: number): Token => ({
    kind,
    text,
    endsAt,
    revoked: false,
    spent: null,
  })
  family.tokens.push(token('access', answer.access, now + rules.accessTokenLives))
  if (answer.refresh === null) return
  const endsAt = Math.min(now + rules.refreshTokenLives, family.bornAt + rules.familyLives)
  family.tokens.push(token('refresh', answer.refresh, endsAt))
}

function assertRefused({ answer, step }: Done, code: string): void {
  assert.deepEqual(answer, { kind: 'refused', code }, `${JSON.stringify(step)} was not refused`)
}

/** Whether a token lives now: `unsure` where the model cannot know yet. */
export function lives(token: Token, family: Family, now: number): boolean | 'unsure' {
  if (family.state === 'dead' || token.revoked || token.spent !== null || now >= token.endsAt) return false
  return family.state === 'unsure' ? 'unsure' : true
}
