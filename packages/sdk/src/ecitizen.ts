import { ecitizen, type oauth } from '@lango/wire'
import { LangoError, type LangoErrorCode } from './fault.ts'
import { fieldOf, send, textOf, unexpected, type Answer, type CallOptions, type Reach } from './http.ts'
import { readIdToken, type IdTokenRules } from './id-token.ts'
import { codeChallengeOf, randomToken } from './pkce.ts'

export type ECitizenSettings = Reach & {
  readonly clientId: string
  /** Of a confidential client, which is a server. Leave it out in a browser, where it would be none. */
  readonly clientSecret?: string
  /** Exactly as registered, the same at every step. */
  readonly redirectUri: string
  /** What stands as `iss` in ID tokens and answers; the base URL's origin if not given. */
  readonly issuer?: string
  readonly now?: () => Date
}

export type AuthorizeOptions = {
  /** Blanks divide the values; `openid` if not given. `offline_access` asks for a refresh token. */
  readonly scope?: string
  /** Random if not given: it ties the answer to this browser, so keep it in the browser's session. */
  readonly state?: string
  readonly nonce?: string
  /** Language of the pages, such as `sw`. */
  readonly locale?: string
  readonly prompt?: 'none' | 'login' | 'consent'
}

/** Send the browser to `url`, and keep the rest in its session until it comes back. */
export type Authorization = {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

export type Tokens = {
  readonly accessToken: string
  readonly expiresAt: Date
  readonly refreshToken?: string
  readonly idToken?: string
  /** Who signed in, read from the ID token. */
  readonly claims?: oauth.IdTokenClaims
  readonly scope?: string
}

export type ECitizen = ReturnType<typeof eCitizen>

/** A client of eCitizen's single sign-on (OAuth 2 authorization code with PKCE). Each call throws `LangoError`. */
export function eCitizen(settings: ECitizenSettings) {
  const rules = rulesOf(settings)
  return {
    /** The page where the person signs in and agrees. */
    authorizeUrl: (options: AuthorizeOptions = {}) => authorizeUrl(settings, options),

    /** The code on the address that the browser came back to; checks `state`, and throws what the server refused. */
    readCallback: (url: string | URL, kept: Pick<Authorization, 'state'>) =>
      readCallback(url, kept.state, rules.issuer),

    /** The code's tokens, once, within a minute. With `nonce` the ID token must carry it. */
    exchangeCode: (
      given: { readonly code: string; readonly codeVerifier?: string; readonly nonce?: string },
      options?: CallOptions,
    ) => {
      const verifier = given.codeVerifier === undefined ? {} : { code_verifier: given.codeVerifier }
      const asked = { grant_type: 'authorization_code', code: given.code, redirect_uri: settings.redirectUri }
      const expected = given.nonce === undefined ? rules : { ...rules, nonce: given.nonce }
      return askTokens(settings, { ...asked, ...verifier }, expected, options)
    },

    /** New tokens. The refresh token that comes back replaces the one that was given. */
    refresh: (refreshToken: string, options?: CallOptions) =>
      askTokens(settings, { grant_type: 'refresh_token', refresh_token: refreshToken }, rules, options),

    /** Whether an access token still holds, and for whom; asks the server each time, so a revoked token is seen. */
    introspect: (token: string, options?: CallOptions) => introspect(settings, token, options),

    /** Who the person is, as far as this application may know. */
    userInfo: (accessToken: string, options?: CallOptions) => userInfo(settings, accessToken, options),
  }
}

async function authorizeUrl(settings: ECitizenSettings, options: AuthorizeOptions): Promise<Authorization> {
  const kept = {
    state: options.state ?? randomToken(),
    nonce: options.nonce ?? randomToken(),
    codeVerifier: randomToken(),
  }
  const path = (options.locale === undefined ? '' : `/${options.locale}`) + ecitizen.paths.authorize
  const asked: oauth.AuthorizationRequest = {
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    response_type: 'code',
    scope: options.scope ?? 'openid',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await codeChallengeOf(kept.codeVerifier),
    code_challenge_method: 'S256',
    ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
  }
  const url = new URL(path, settings.baseUrl)
  url.search = new URLSearchParams(asked).toString()
  return { url: url.href, ...kept }
}

/** RFC 6749 4.1.2, RFC 9207 2.4. */
function readCallback(address: string | URL, state: string, issuer: string): string {
  // A server often sees a path only; which host it stands on does not matter here.
  const { searchParams } = new URL(address, 'http://localhost')
  if (searchParams.get('state') !== state) {
    throw new LangoError(
      'state_mismatch',
      'The sign-in that came back is not the one that this session began.',
    )
  }
  const iss = searchParams.get('iss')
  if (iss !== null && iss !== issuer) {
    throw new LangoError('state_mismatch', `The sign-in came back from ${iss}, not from ${issuer}.`)
  }
  const error = searchParams.get('error')
  if (error !== null) {
    const description = searchParams.get('error_description') ?? ''
    throw new LangoError(
      words.get(error) ?? 'refused',
      `The sign-in was refused: ${error} ${description}`.trimEnd(),
    )
  }
  const code = searchParams.get('code')
  if (code === null)
    throw new LangoError('unexpected_answer', 'The sign-in came back without a code or an error.')
  return code
}

async function askTokens(
  settings: ECitizenSettings,
  asked: Readonly<Record<string, string>>,
  rules: IdTokenRules,
  options?: CallOptions,
): Promise<Tokens> {
  const form = { client_id: settings.clientId, ...secretOf(settings), ...asked }
  const answer = await send(settings, { method: 'POST', path: ecitizen.paths.token, form, words }, options)
  const accessToken = textOf(answer.json, 'access_token')
  const lives = fieldOf(answer.json, 'expires_in')
  if (accessToken === undefined) throw unexpected(answer, 'access_token')
  if (typeof lives !== 'number') throw unexpected(answer, 'expires_in')
  const idToken = textOf(answer.json, 'id_token')
  const refreshToken = textOf(answer.json, 'refresh_token')
  const scope = textOf(answer.json, 'scope')
  return {
    accessToken,
    expiresAt: new Date(rules.now().getTime() + lives * 1000),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(idToken === undefined ? {} : { idToken, claims: readIdToken(idToken, rules) }),
    ...(scope === undefined ? {} : { scope }),
  }
}

async function introspect(
  settings: ECitizenSettings,
  token: string,
  options?: CallOptions,
): Promise<ecitizen.Introspection> {
  // Without a secret it is the field's bare form, which an application must be flagged for.
  const client =
    settings.clientSecret === undefined ? {} : { client_id: settings.clientId, ...secretOf(settings) }
  const form = { token, ...client }
  const answer = await send(
    settings,
    { method: 'POST', path: ecitizen.paths.introspect, form, words },
    options,
  )
  if (!isIntrospection(answer.json)) throw unexpected(answer, 'active')
  return answer.json
}

async function userInfo(
  settings: ECitizenSettings,
  accessToken: string,
  options?: CallOptions,
): Promise<ecitizen.UserInfo> {
  // A Bearer, because an access token in the query ends up in logs.
  const call = {
    method: 'GET',
    path: ecitizen.paths.userInfo[0],
    bearer: accessToken,
    words: infoWords,
  } as const
  const answer: Answer = await send(settings, call, options)
  if (!isUserInfo(answer.json)) throw unexpected(answer, 'id and sub')
  return answer.json
}

function rulesOf(settings: ECitizenSettings): IdTokenRules {
  return {
    issuer: settings.issuer ?? new URL(settings.baseUrl).origin,
    audience: settings.clientId,
    now: settings.now ?? (() => new Date()),
  }
}

function secretOf({ clientSecret }: ECitizenSettings): { readonly client_secret?: string } {
  return clientSecret === undefined ? {} : { client_secret: clientSecret }
}

function isIntrospection(json: unknown): json is ecitizen.Introspection {
  return typeof fieldOf(json, 'active') === 'boolean'
}

/** Which of the fields are there depends on what the application may see. */
function isUserInfo(json: unknown): json is ecitizen.UserInfo {
  return typeof fieldOf(json, 'id') === 'number' || typeof fieldOf(json, 'sub') === 'string'
}

const words: ReadonlyMap<string, LangoErrorCode> = new Map([
  ['access_denied', 'access_denied'],
  ['invalid_client', 'invalid_client'],
  ['invalid_grant', 'invalid_grant'],
  ['invalid_token', 'invalid_token'],
  ['temporarily_unavailable', 'unavailable'],
  ['invalid_request', 'invalid_request'],
  ['invalid_scope', 'invalid_request'],
])

/** User information answers a bad access token with `invalid_request` (seed 000). */
const infoWords: ReadonlyMap<string, LangoErrorCode> = new Map([
  ...words,
  ['invalid_request', 'invalid_token'],
])
