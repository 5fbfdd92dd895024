import { oncePer } from '../../base/once.ts'
import {
  after,
  hours,
  instant,
  isBefore,
  minutes,
  seconds,
  type Instant,
  type Seconds,
} from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import type { Net } from '../ports.ts'
import type { Application, JsonWebKeys } from '../application/application.ts'
import { readJsonWebKeys } from './json-web-keys.ts'

type Needs = Pick<Deps, 'net' | 'clock' | 'log'>

/**
 * The public keys of an application: those that it gave, or those at its address, fetched through the guard and kept
 * for a while. `newest` asks its address again, if that was not done a moment ago: whoever sends unknown key names must
 * not make us knock at somebody's door with each of them.
 */
export async function findClientKeys(
  deps: Needs,
  { clientId, jwks, jwksUri }: Pick<Application, 'clientId' | 'jwks' | 'jwksUri'>,
  wanted: 'known' | 'newest',
): Promise<JsonWebKeys> {
  if (jwksUri === null) return jwks ?? none
  const shelf = shelfOf(deps.net)
  const now = deps.clock.now()
  const kept = shelf.get(jwksUri) ?? {
    keys: none,
    freshUntil: instant(0),
    goodUntil: instant(0),
    askAgain: instant(0),
  }
  const isFresh = isBefore(now, kept.freshUntil)
  const mayAsk = !isBefore(now, kept.askAgain)
  if (!mayAsk || (isFresh && wanted === 'known')) {
    const underWay = await kept.underWay
    return underWay ?? (isBefore(now, kept.goodUntil) ? kept.keys : none)
  }
  const underWay = ask(deps, jwksUri, kept, now)
  keep(shelf, jwksUri, { ...kept, askAgain: after(now, coolDown), underWay })
  const keys = await underWay
  if (keys === null) deps.log.warn('the keys of an application cannot be fetched', { clientId, jwksUri })
  return keys ?? (isBefore(now, kept.goodUntil) ? kept.keys : none)
}

const none: JsonWebKeys = { keys: [] }
/** An address is asked at most this often, whatever comes. */
const coolDown = minutes(1)
/** How long keys are fresh without a word of their own, and the bounds of such a word. */
const usual = minutes(5)
const [least, most] = [minutes(1), hours(1)]
/** So long are old keys good while their address does not answer. */
const graceAfter = hours(1)
const remembered = 1_000

type Kept = {
  readonly keys: JsonWebKeys
  readonly freshUntil: Instant
  readonly goodUntil: Instant
  readonly askAgain: Instant
  /** The question that is under way; whoever comes meanwhile waits for the same answer. */
  readonly underWay?: Promise<JsonWebKeys | null>
}
type Shelf = Map<string, Kept>

const shelfOf = oncePer((_net: Net): Shelf => new Map())

/** The keys, put on the shelf; null when none came. */
async function ask(deps: Needs, uri: string, before: Kept, now: Instant): Promise<JsonWebKeys | null> {
  const answer = await deps.net.send({
    method: 'GET',
    url: uri,
    headers: { accept: 'application/jwk-set+json, application/json' },
    timeoutMs: 3_000,
    maxBytes: 64 * 1024,
    trust: 'named-by-others',
  })
  const keys = answer.kind === 'answer' && answer.status === 200 ? readJsonWebKeys(textOf(answer.body)) : null
  const shelf = shelfOf(deps.net)
  const askAgain = after(now, coolDown)
  if (answer.kind !== 'answer' || keys === null) {
    keep(shelf, uri, { ...before, askAgain })
    return null
  }
  const freshUntil = after(now, lifeOf(answer.headers['cache-control'] ?? ''))
  keep(shelf, uri, { keys, freshUntil, goodUntil: after(freshUntil, graceAfter), askAgain })
  return keys
}

function keep(shelf: Shelf, uri: string, kept: Kept): void {
  shelf.delete(uri)
  shelf.set(uri, kept)
  if (shelf.size > remembered) shelf.delete(shelf.keys().next().value ?? '')
}

/** RFC 9111 section 5.2.2.1, within our bounds. */
function lifeOf(cacheControl: string): Seconds {
  const said = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/.exec(cacheControl)?.[1]
  if (said === undefined) return usual
  return seconds(Math.min(most.seconds, Math.max(least.seconds, Number(said))))
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
