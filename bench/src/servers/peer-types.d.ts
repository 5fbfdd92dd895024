/** What we use of oidc-provider, which brings no types. */
declare module 'oidc-provider' {
  import type { Server } from 'node:http'

  type Saved = { readonly save: () => Promise<string> }
  type Client = { readonly clientId: string }

  class Provider {
    constructor(issuer: string, configuration: object)
    readonly Client: { readonly find: (clientId: string) => Promise<Client | undefined> }
    readonly Grant: new (fields: object) => Saved & { readonly addOIDCScope: (scope: string) => void }
    readonly AuthorizationCode: new (fields: object) => Saved
    readonly AccessToken: new (fields: object) => Saved
    readonly RefreshToken: new (fields: object) => Saved
    readonly listen: (port: number, host: string, listening: () => void) => Server
    proxy: boolean
  }

  export default Provider
}
