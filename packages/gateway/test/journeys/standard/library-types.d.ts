/** What the tests use of client libraries that bring no types. */
declare module 'passport-openidconnect' {
  import type { IncomingMessage } from 'node:http'

  export type Visit = IncomingMessage & {
    readonly query: Readonly<Record<string, string>>
    readonly session: Record<string, unknown>
  }

  type Options = {
    readonly issuer: string
    readonly authorizationURL: string
    readonly tokenURL: string
    readonly userInfoURL: string
    readonly clientID: string
    readonly clientSecret: string
    readonly callbackURL: string
    readonly scope: readonly string[]
    readonly nonce: boolean
    readonly maxAge: number
    readonly skipUserProfile: boolean
  }

  /** As it names things for all providers alike. */
  type Profile = {
    readonly id: string
    readonly displayName: string
    readonly name: { readonly familyName: string; readonly givenName: string }
    readonly emails: readonly { readonly value: string }[]
  }

  /** The library looks how many parameters it takes, and gives more to one that takes more. */
  type Verify = (
    issuer: string,
    profile: Profile,
    context: { readonly timestamp?: Date },
    verified: (error: Error | null, user: object) => void,
  ) => void

  /** Passport gives each request a copy of the strategy with these five ways to end. */
  export class Strategy {
    constructor(options: Options, verify: Verify)
    authenticate(visit: Visit, options: object): void
    success: (user: object) => void
    fail: (why: { readonly message?: string } | undefined, status?: number) => void
    redirect: (url: string) => void
    error: (error: Error & { readonly code?: string }) => void
    pass: () => void
  }
}

declare module 'simple-oauth2' {
  type Options = {
    readonly client: { readonly id: string; readonly secret: string }
    readonly auth: { readonly tokenHost: string; readonly tokenPath?: string; readonly revokePath?: string }
    readonly options?: { readonly authorizationMethod: 'header' | 'body' }
  }

  export type AccessToken = {
    readonly token: Readonly<Record<string, unknown>>
    readonly expired: () => boolean
    readonly refresh: (fields?: { readonly scope?: readonly string[] }) => Promise<AccessToken>
    readonly revoke: (which: 'access_token' | 'refresh_token') => Promise<void>
    readonly revokeAll: () => Promise<void>
  }

  export class AuthorizationCode {
    constructor(options: Options)
    authorizeURL(fields: {
      readonly redirect_uri: string
      readonly scope: readonly string[]
      readonly state: string
    }): string
    getToken(fields: { readonly code: string; readonly redirect_uri: string }): Promise<AccessToken>
  }
}
