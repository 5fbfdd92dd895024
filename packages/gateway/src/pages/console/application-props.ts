import type { Instant } from '../../base/time.ts'
import type { applicationsCopy } from '../copy/applications.ts'
import type { KindWord, Listed } from './applications.ts'
import type { DeskProps } from './frame.ts'

export type ApplicationProps = DeskProps & {
  readonly live: boolean
  readonly listed: Listed
  readonly application: {
    readonly name: string
    readonly clientId: string
    readonly kind: KindWord
    readonly redirectUris: readonly string[]
    readonly postLogoutRedirectUris: readonly string[]
    readonly backchannelLogoutUri: string | null
    readonly colour: string | null
    readonly authMethod: MethodWord | null
    readonly jwks: object | null
    readonly jwksUri: string | null
    readonly idTokenAlg: string
    readonly profile: ProfileWord
    readonly requirePar: boolean
    readonly dpopBound: boolean
  }
  /** The profiles that there are. */
  readonly profiles: readonly ProfileWord[]
  readonly secrets: readonly { readonly createdAt: Instant; readonly retiresAt: Instant | null }[]
  readonly allowances: readonly { readonly name: string; readonly risk: string; readonly on: boolean }[]
  readonly warnings: readonly string[]
  /** By which an ID token may be signed. */
  readonly algs: readonly string[]
  /** Null when it signs nobody in through a browser, so that there is nothing to come back to. */
  readonly tryAt: { readonly uri: string; readonly registered: boolean } | null
  /** What to type into a shell instead. */
  readonly firstCall: string
}

/** The profiles that this page has words for. */
export type ProfileWord = keyof (typeof applicationsCopy)['en']['profiles']

type MethodWord = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none'
