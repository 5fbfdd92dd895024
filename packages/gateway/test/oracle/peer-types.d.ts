/** What we use of oidc-provider, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  type Grant = {
    readonly addOIDCScope: (scope: string) => void
    readonly save: () => Promise<string>
  }
  type Interaction = {
    readonly prompt: { readonly name: string }
    readonly params: Readonly<Record<string, unknown>>
    readonly session?: { readonly accountId: string }
  }

  class Provider {
    constructor(issuer: string, configuration: object)
    readonly Grant: new (fields: object) => Grant
    readonly Interaction: { readonly find: (uid: string) => Promise<Interaction | undefined> }
    readonly callback: () => (request: IncomingMessage, response: ServerResponse) => void
    readonly interactionDetails: (request: IncomingMessage, response: ServerResponse) => Promise<Interaction>
    readonly interactionFinished: (
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ) => Promise<void>
  }

  export default Provider
}
