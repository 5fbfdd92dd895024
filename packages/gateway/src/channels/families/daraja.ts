/** Calls to Safaricom's Daraja: one token for all processes, one form of answer (docs of portal version 3). */
import { base64 } from '../../base/bytes.ts'
import { formatNairobi, type Instant } from '../../base/time.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { ChannelWorld, FetchedToken } from '../../core/attempt/channel.ts'
import type { Answered } from '../../core/ports.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import { readAnswer, textIn, type Members } from './provider-json.ts'
import { readSettings } from './settings.ts'

/** What an operator has from the portal. The real service and the simulator differ in nothing else. */
export type DarajaSettings = {
  /** `https://api.safaricom.co.ke`, or where the simulator is; without a trailing slash. */
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** The paybill; for a till the store's or head office's number. */
  readonly shortCode: string
  readonly passkey: string
  readonly type: 'paybill' | 'till'
  /** The till that the money goes to; the paybill itself otherwise. */
  readonly partyB: string
}

export type DarajaAnswer =
  | { readonly kind: 'accepted'; readonly members: Members }
  /** Daraja's own no: it did nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** The request certainly never reached it. */
  | { readonly kind: 'unsent'; readonly because: string }
  /** It may have reached it, and done its work. */
  | { readonly kind: 'unclear'; readonly because: string }

const shortCode = /^[0-9]{5,7}$/
const filled = {
  holds: (text: string) => /^\S{1,500}$/.test(text),
  because: 'as the portal shows it, without blanks',
}

/** Reads what an operator wrote: `type` is paybill unless said otherwise, and a till names itself in `till`. */
export function readDarajaSettings(
  settings: unknown,
): Result<DarajaSettings, Refusal<'channel_unavailable'>> {
  const written = typeof settings === 'object' && settings !== null ? settings : {}
  const read = readSettings(
    { type: 'paybill', till: '', ...written },
    {
      baseUrl: {
        holds: isOrigin,
        because: 'https://, a host and perhaps a path, no slash at the end; http:// only on this machine',
      },
      consumerKey: filled,
      consumerSecret: filled,
      shortCode: { holds: (text) => shortCode.test(text), because: '5 to 7 digits' },
      passkey: filled,
      type: { holds: (text) => text === 'paybill' || text === 'till', because: 'paybill or till' },
      till: {
        holds: (text) => text === '' || shortCode.test(text),
        because: '5 to 7 digits, for the type till only',
      },
    },
  )
  if (!read.ok) return read
  const { till, type, ...rest } = read.value
  if ((type === 'till') !== (till !== '')) {
    const because = 'till: the number of the till for the type till, and nothing for a paybill'
    return no(refusal('channel_unavailable', { field: 'till', because }))
  }
  return ok({
    ...rest,
    type: type === 'till' ? 'till' : 'paybill',
    partyB: till === '' ? rest.shortCode : till,
  })
}

/** What proves to Daraja that a request is the merchant's: only good together with its token. */
export function merchantProof({ shortCode: code, passkey }: DarajaSettings, now: Instant): Members {
  const timestamp = formatNairobi(now).replaceAll(/\D/g, '')
  const password = base64(new TextEncoder().encode(code + passkey + timestamp))
  return { BusinessShortCode: code, Password: password, Timestamp: timestamp }
}

export type DarajaCall = { readonly path: string; readonly body: Members; readonly timeoutMs: number }

/** Makes one call, and makes it once more if the shared token had been replaced: Daraja did nothing then. */
export async function callDaraja(
  settings: DarajaSettings,
  world: ChannelWorld,
  call: DarajaCall,
): Promise<DarajaAnswer> {
  const token = await accessToken(settings, world)
  if (token === null) return { kind: 'unsent', because: 'no access token' }
  const first = await post(settings, world, { ...call, token })
  if (!isTokenRefused(first)) return first
  const another = await accessToken(settings, world, token)
  return another === null
    ? { kind: 'unsent', because: 'no access token' }
    : await post(settings, world, { ...call, token: another })
}

function isTokenRefused(answer: DarajaAnswer): boolean {
  return answer.kind === 'refused' && /^(404\.001\.0[34]|401\..*)$/.test(answer.code)
}

/** A new token ends the one before it, so that all processes share one. */
async function accessToken(
  settings: DarajaSettings,
  { net, token }: ChannelWorld,
  refused?: string,
): Promise<string | null> {
  const { baseUrl, consumerKey, consumerSecret } = settings
  const fetchOne = async (): Promise<FetchedToken | null> => {
    const answer = await net.send({
      method: 'GET',
      url: `${baseUrl}/oauth/v1/generate?grant_type=client_credentials`,
      headers: {
        authorization: `Basic ${base64(new TextEncoder().encode(`${consumerKey}:${consumerSecret}`))}`,
      },
      timeoutMs: 10_000,
      maxBytes: 16_384,
      trust: 'configured',
    })
    const members = answer.kind === 'answer' && answer.status === 200 ? readAnswer(answer.body) : null
    const [fetched, lives] = [textIn(members, 'access_token'), Number(textIn(members, 'expires_in'))]
    return fetched === '' || !(lives > 0) ? null : { token: fetched, lives }
  }
  return await token(`daraja ${baseUrl} ${consumerKey}`, fetchOne, refused)
}

async function post(
  { baseUrl }: DarajaSettings,
  { net }: ChannelWorld,
  { path, body, timeoutMs, token }: DarajaCall & { readonly token: string },
): Promise<DarajaAnswer> {
  const answer = await net.send({
    method: 'POST',
    url: baseUrl + path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs,
    maxBytes: 65_536,
    trust: 'configured',
  })
  return readDarajaAnswer(answer)
}

/** Where no connection came about, nothing was sent. */
const unsent = new Set([
  'name-unknown',
  'refused',
  'unreachable',
  'tls',
  'address-forbidden',
  'url-forbidden',
])

function readDarajaAnswer(answer: Answered): DarajaAnswer {
  if (answer.kind === 'no-answer') {
    const { because } = answer
    return { kind: unsent.has(because) ? 'unsent' : 'unclear', because }
  }
  const members = readAnswer(answer.body)
  const code = textIn(members, 'errorCode')
  if (code !== '') return { kind: 'refused', code, message: textIn(members, 'errorMessage') }
  return members !== null && answer.status === 200
    ? { kind: 'accepted', members }
    : { kind: 'unclear', because: `HTTP ${answer.status}` }
}

/** Credentials never travel in clear, except to a simulator beside us. */
function isOrigin(text: string): boolean {
  return (
    /^(https:\/\/[^/]|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/.test(text) &&
    /^[^\s?#@]*[^\s?#@/]$/.test(text)
  )
}
