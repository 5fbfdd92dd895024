/** The other side, for the pages that play it. Nothing here exists in live mode. */
export type SandboxOptions = {
  /** Where the simulators listen, without a trailing slash. */
  readonly simulatorsUrl: string
  readonly shopUrl: string
  readonly merchant: Credentials & {
    readonly name: string
    readonly serviceCode: string
    /** The simulator's box that its notices go to. */
    readonly inbox: string
    readonly notificationUrl: string
    readonly successUrl: string
  }
  readonly bank: Credentials
  /** An OAuth client as old as they come, with every allowance. */
  readonly legacy: {
    readonly clientId: string
    readonly clientSecret: string
    readonly redirectUris: readonly string[]
  }
  readonly people: readonly { readonly name: string; readonly signIn: string; readonly password: string }[]
  /** The fields under each hash, in order, as the wire defines them. */
  readonly recipes: {
    readonly checkout: readonly string[]
    readonly validate: readonly string[]
    readonly confirm: readonly string[]
    readonly notification: readonly string[]
  }
}

export type Credentials = { readonly apiClientId: string; readonly key: string; readonly secret: string }
