/** The `claims` parameter: OpenID Connect Core 1.0 section 5.5. */

export type ClaimsRequest = {
  readonly userinfo?: ClaimsAsked
  readonly id_token?: ClaimsAsked
}

/** By the name of the claim; null asks for it without saying more. */
export type ClaimsAsked = Readonly<
  Record<
    string,
    { readonly essential?: boolean; readonly value?: unknown; readonly values?: readonly unknown[] } | null
  >
>
