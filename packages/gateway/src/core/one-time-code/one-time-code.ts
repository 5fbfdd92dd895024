/** Six digits that go to an address and come back through the browser that asked for them. */
import { base64url } from '../../base/bytes.ts'
import type { Chance } from '../../base/id.ts'
import { days, hours, minutes, seconds, type Instant } from '../../base/time.ts'
import type { Contact } from '../message/message.ts'
import type { Digests } from '../ports.ts'
import type { Identifier } from '../account/account.ts'
import { networkOf, type BudgetRule, type Draw } from '../limit/budget.ts'

/**
 * What a right code is good for; it opens nothing else. `register`: an account of her own · `recover`: a new password ·
 * `contact`: another address on the account · `second-factor`: signing in, after the password · `step-up`: one act of
 * somebody who is signed in.
 */
export type CodePurpose = 'register' | 'recover' | 'contact' | 'second-factor' | 'step-up'

export const codeLives = minutes(10)
export const mostCodeTries = 5
/** What a right code proves may be used for so long. */
export const proofLives = minutes(30)

/** A code that went out, as its page shows it. */
export type CodeView = Contact & {
  readonly id: string
  readonly triesLeft: number
  readonly proved: boolean
}

/** A right code: whoever sits at this browser reads what is sent to this address. */
export type Proof = Contact & { readonly accountId: string | null }

/** Six digits, each number as likely as any other. */
export function drawCode(chance: Chance): string {
  // The largest multiple of a million below 2^32: beyond it some codes would come more often.
  const fair = 4_294_000_000
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = chance.bytes(4)
    const drawn = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
    if (drawn < fair) return String(drawn % 1_000_000).padStart(6, '0')
  }
}

/** The digits of a code as people type it, `123 456` or `123-456`; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

/** Keyed with a key that is not in the database; with the code's own name, so that equal codes do not look equal. */
export function codeHash({ derive }: Pick<Digests, 'derive'>, id: string, code: string): Uint8Array {
  return derive('one-time code', `${id} ${code}`)
}

/**
 * How many codes leave the house. Sending costs money and patience, so nothing is given back, whatever becomes of them.
 * - `again`: the pause between two codes that one network asks for one address.
 * - `pair`, one address asked for by one network: 4 at once, 8 in the first day. It runs out before the next does, so
 *   that one attacker cannot keep an owner from her codes.
 * - `address`, by everybody: 12 at once, 24 in the first day.
 * - `network`: for whatever address.
 * - `email`, `sms`: everything that we send by one medium.
 */
const rules = {
  again: { burst: 1, refill: seconds(60) },
  pair: { burst: 4, refill: hours(6) },
  address: { burst: 12, refill: hours(2) },
  network: { burst: 30, refill: minutes(2) },
  email: { burst: 2000, refill: seconds(0.1) },
  sms: { burst: 500, refill: seconds(0.5) },
} as const satisfies Readonly<Record<string, BudgetRule>>

export type CodeAsked = Contact & {
  /** Who is asked for: somebody whose password was right has budgets that no stranger can use up. */
  readonly accountId: string | null
  readonly network: string
  /** For an SMS: its country, and how many may go there in a day. */
  readonly country: { readonly code: string; readonly aDay: number } | null
}

/** The budgets that one code draws on. Keys are digests: the table tells nobody who was written to. */
export function drawsOfCode(asked: CodeAsked, digests: Pick<Digests, 'derive'>): readonly Draw[] {
  const who = `${asked.medium} ${asked.address} ${asked.accountId ?? 'stranger'}`
  const where = networkOf(asked.network)
  const { country, medium } = asked
  const draw = (name: string, rule: BudgetRule, text: string): Draw => drawOn(name, rule, text, digests)
  return [
    draw('again', rules.again, `${who} ${where}`),
    draw('pair', rules.pair, `${who} ${where}`),
    draw('address', rules.address, who),
    draw('network', rules.network, where),
    draw(medium, rules[medium], ''),
    ...(country === null ? [] : [drawOfCountry(country, digests)]),
  ]
}

/** The budgets of somebody who asks for a way back by whatever name: the same whether it leads to an account or not. */
export function drawsOfRequest(
  { typed, network }: { readonly typed: Identifier; readonly network: string },
  digests: Pick<Digests, 'derive'>,
): readonly Draw[] {
  const who = `recover ${typed.kind} ${typed.value}`
  const where = networkOf(network)
  return [
    drawOn('again', rules.again, `${who} ${where}`, digests),
    drawOn('pair', rules.pair, `${who} ${where}`, digests),
    drawOn('address', rules.address, who, digests),
    drawOn('network', rules.network, where, digests),
  ]
}

export function drawOfCountry(
  { code, aDay }: NonNullable<CodeAsked['country']>,
  digests: Pick<Digests, 'derive'>,
): Draw {
  return drawOn('country', dayRule(aDay), code, digests)
}

/** As much work as `drawOfCountry` where no SMS is sent; no request is ever refused by it, for others end before. */
export function drawOfNoCountry(typed: Identifier, digests: Pick<Digests, 'derive'>): Draw {
  return drawOn('country', dayRule(10_000), `none ${typed.kind} ${typed.value}`, digests)
}

function drawOn(name: string, rule: BudgetRule, text: string, digests: Pick<Digests, 'derive'>): Draw {
  const digest = base64url(digests.derive('code budget', text).subarray(0, 16))
  return { key: `code ${name} ${digest}`, rule }
}

/** Half at once and the other half over the day: never more than so many in any 24 hours. */
function dayRule(aDay: number): BudgetRule {
  const half = Math.max(1, aDay / 2)
  return { burst: Math.ceil(half), refill: seconds(days(1).seconds / half) }
}

/** A code as it is stored. */
export type StoredCode = Contact & {
  readonly id: string
  readonly purpose: CodePurpose
  readonly browserHash: Uint8Array
  readonly accountId: string | null
  readonly codeHash: Uint8Array
  readonly expiresAt: Instant
}
