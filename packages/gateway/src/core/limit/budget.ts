/**
 * How often somebody may try to sign in. Each try draws on several budgets at once and goes ahead when all of them
 * allow it. They refill steadily and hold nobody for long: there is no lock-out that an attacker could cause for good.
 */
import { base64url } from '../../base/bytes.ts'
import { seconds, type Seconds } from '../../base/time.ts'
import type { Digests } from '../ports.ts'
import type { Identifier } from '../account/account.ts'

/** `burst` tries at once, then one every `refill`. */
export type BudgetRule = { readonly burst: number; readonly refill: Seconds }

export type Draw = { readonly key: string; readonly rule: BudgetRule }

/**
 * - `pair`, one account from one network: runs out first, so that one attacker never reaches the budget below.
 * - `account`, from everywhere: bounds guessing with many machines to some 800 a day. It refills as fast as five
 *   networks together may draw, so keeping somebody's new devices out takes many machines that never rest.
 * - `network`, for whatever account: bounds one password tried on many people. Failures alone count, and thousands
 *   of honest people share an address of a mobile network.
 * - `all`: what the house is willing to hash for strangers.
 * - `second`, the second step of one account, from everywhere and in all its sign-ins: six digits of which three are
 *   right at a time give whoever has the password already one chance in a thousand a day.
 * - `device`, a browser where this account signed in before: draws on this alone, so that its owner gets in however
 *   hard others knock.
 */
export const budgetRules = {
  pair: { burst: 6, refill: seconds(600) },
  account: { burst: 60, refill: seconds(120) },
  network: { burst: 60, refill: seconds(20) },
  all: { burst: 2000, refill: seconds(0.05) },
  second: { burst: 10, refill: seconds(300) },
  device: { burst: 10, refill: seconds(60) },
} as const satisfies Readonly<Record<string, BudgetRule>>

export type Tried = {
  /** As typed and normalised: budgets are the same whether it leads to an account or not. */
  readonly identifier: Identifier
  readonly address: string
  /** The known device's name, when the browser proved to be one. */
  readonly device: string | null
}

/** The budget of somebody who is signed in and has to give the password once more. */
export function drawsOfOwner(accountId: string, digests: Digests): readonly Draw[] {
  return [drawOn('device', `owner ${accountId}`, digests)]
}

/** The budget of the second step. A known device has its own, so that nobody who stole a password locks its owner out. */
export function drawsOfSecondStep(
  accountId: string,
  device: string | null,
  digests: Digests,
): readonly Draw[] {
  return device === null
    ? [drawOn('second', accountId, digests)]
    : [drawOn('device', `second ${accountId} ${device}`, digests)]
}

/** The budgets of somebody of whom we know the address alone, as one who comes with a passkey. */
export function drawsOfStranger(address: string, digests: Digests): readonly Draw[] {
  return [drawOn('all', '', digests), drawOn('network', networkOf(address), digests)]
}

/** The budgets that a try draws on. Keys are digests: the table tells nobody who was tried from where. */
export function drawsOf(tried: Tried, digests: Digests): readonly Draw[] {
  const who = `${tried.identifier.kind} ${tried.identifier.value}`
  const where = networkOf(tried.address)
  const draw = (rule: keyof typeof budgetRules, text: string): Draw => drawOn(rule, text, digests)
  if (tried.device !== null) return [draw('device', `${who} ${tried.device}`)]
  return [draw('account', who), draw('all', ''), draw('network', where), draw('pair', `${who} ${where}`)]
}

function drawOn(rule: keyof typeof budgetRules, text: string, digests: Digests): Draw {
  const name = base64url(digests.derive('sign-in budget', text).subarray(0, 16))
  return { key: `${rule} ${name}`, rule: budgetRules[rule] }
}

/**
 * What one attacker holds: an IPv4 address, or the 64-bit prefix that every IPv6 subscriber gets whole. A text that
 * is no address counts as it is.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::')
  const before = groups(head)
  const behind = groups(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - behind.length)
  const all = [...before, ...Array.from({ length: zeros }, () => '0'), ...behind]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** Where about somebody is, for her own eyes: enough to tell home from abroad, too little to find a door. */
export function coarseNetwork(address: string): string {
  const network = networkOf(address)
  const dotted = /^(\d+\.\d+\.\d+)\.\d+$/.exec(network)
  if (dotted?.[1] !== undefined) return `${dotted[1]}.0/24`
  return network.endsWith('::/64') ? `${network.split(':').slice(0, 3).join(':')}::/48` : network.slice(0, 45)
}

/** Sixteen-bit groups; a dotted IPv4 ending is two of them, and far from the prefix, so any two will do. */
function groups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]))
}
