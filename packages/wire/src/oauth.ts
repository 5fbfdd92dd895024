// The words of OAuth 2 and OpenID Connect: RFC 6749 (framework), 7636 (PKCE), 7662 (introspection), 7009 (revocation),
// 8414 (metadata), 8707 (resource), 9126 (pushed requests), 9207 (issuer in the answer), OpenID Connect Core and
// Discovery 1.0, RP-Initiated Logout 1.0.

export const paths = {
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  introspect: '/oauth/introspect',
  revoke: '/oauth/revoke',
  pushedRequest: '/oauth/par',
  device: '/oauth/device',
  keys: '/oauth/jwks',
  userInfo: '/oauth/userinfo',
  endSession: '/oauth/end-session',
  openIdMetadata: '/.well-known/openid-configuration',
  serverMetadata: '/.well-known/oauth-authorization-server',
} as const

/** RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1. */
export type AuthorizationRequest = {
  readonly response_type: 'code'
  readonly client_id: string
  readonly redirect_uri?: string
  /** Blanks divide the values. */
  readonly scope?: string
  readonly state?: string
  readonly code_challenge?: string
  readonly code_challenge_method?: 'S256'
  readonly nonce?: string
  readonly prompt?: string
  readonly max_age?: string
  readonly ui_locales?: string
  readonly login_hint?: string
  readonly id_token_hint?: string
  readonly acr_values?: string
  readonly response_mode?: 'query' | 'form_post'
  readonly request_uri?: string
  readonly claims?: string
  /** May come more than once. */
  readonly resource?: string
  readonly dpop_jkt?: string
}

/** What comes back on the redirect_uri (RFC 6749 4.1.2, RFC 9207). */
export type AuthorizationAnswer = { readonly code: string; readonly state?: string; readonly iss?: string }
export type AuthorizationRefusal = {
  readonly error: AuthorizationError
  readonly error_description?: string
  readonly state?: string
  readonly iss?: string
}

export type TokenRequest =
  | {
      readonly grant_type: 'authorization_code'
      readonly code: string
      readonly redirect_uri?: string
      readonly code_verifier?: string
    }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string; readonly scope?: string }
  | { readonly grant_type: 'client_credentials'; readonly scope?: string }
  | { readonly grant_type: 'urn:ietf:params:oauth:grant-type:device_code'; readonly device_code: string }

/** RFC 9126 2.2. `expires_in` is in seconds. */
export type PushedRequestAnswer = { readonly request_uri: string; readonly expires_in: number }

/** RFC 6749 5.1, OpenID Connect Core 3.1.3.3. `expires_in` is in seconds. */
export type TokenAnswer = {
  readonly access_token: string
  readonly token_type: 'Bearer' | 'DPoP'
  readonly expires_in: number
  readonly refresh_token?: string
  readonly id_token?: string
  readonly scope?: string
}

/** RFC 8628 3.2. `expires_in` and `interval` are in seconds. */
export type DeviceAnswer = {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly expires_in: number
  readonly interval: number
}

/** RFC 7662 2.2. Times are Unix seconds. */
export type IntrospectionAnswer =
  | { readonly active: false }
  | {
      readonly active: true
      readonly scope?: string | null
      readonly client_id?: string
      readonly token_type?: string
      readonly username?: string
      readonly sub?: string
      readonly aud?: string | readonly string[]
      /** RFC 9449 6.2: the key whose proof must come along. */
      readonly cnf?: { readonly jkt: string }
      readonly iss?: string
      readonly exp?: number
      readonly iat?: number
    }

/** OpenID Connect Core 5.1, those that we may tell. */
export type StandardClaims = {
  readonly sub: string
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly phone_number?: string
  readonly phone_number_verified?: boolean
  readonly gender?: string
  readonly birthdate?: string
  readonly locale?: string
  readonly updated_at?: number
}

/** OpenID Connect Core 2: an ID token is about one sign-in, for one audience. */
export type IdTokenClaims = StandardClaims & {
  readonly iss: string
  readonly aud: string | readonly string[]
  readonly exp: number
  readonly iat: number
  readonly auth_time?: number
  readonly nonce?: string
  readonly at_hash?: string
  readonly acr?: string
  readonly amr?: readonly string[]
  readonly azp?: string
  readonly sid?: string
}

/** RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6. */
export const authorizationErrors = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'invalid_target',
  'unmet_authentication_requirements',
] as const
export type AuthorizationError = (typeof authorizationErrors)[number]

/** RFC 6749 5.2. `invalid_client` answers 401, the others 400. */
export const tokenErrors = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_target',
  'invalid_dpop_proof',
] as const
export type TokenError = (typeof tokenErrors)[number]

/** RFC 6750 3.1, in `WWW-Authenticate`: 400, 401 and 403 in this order. */
export const bearerErrors = ['invalid_request', 'invalid_token', 'insufficient_scope'] as const
export type BearerError = (typeof bearerErrors)[number]

export type ErrorAnswer<Code extends string = TokenError | BearerError> = {
  readonly error: Code
  readonly error_description?: string
}

/** RFC 8414 2 and OpenID Connect Discovery 1.0 3: the document tells what is served, and no more. */
export type Metadata = {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly userinfo_endpoint?: string
  readonly introspection_endpoint?: string
  readonly revocation_endpoint?: string
  readonly end_session_endpoint?: string
  readonly backchannel_logout_supported?: boolean
  readonly backchannel_logout_session_supported?: boolean
  readonly pushed_authorization_request_endpoint?: string
  readonly device_authorization_endpoint?: string
  readonly require_pushed_authorization_requests?: boolean
  readonly scopes_supported: readonly string[]
  readonly response_types_supported: readonly 'code'[]
  readonly response_modes_supported: readonly string[]
  readonly grant_types_supported: readonly string[]
  readonly subject_types_supported: readonly ('public' | 'pairwise')[]
  readonly id_token_signing_alg_values_supported: readonly string[]
  readonly token_endpoint_auth_methods_supported: readonly string[]
  readonly token_endpoint_auth_signing_alg_values_supported?: readonly string[]
  readonly introspection_endpoint_auth_methods_supported?: readonly string[]
  readonly introspection_endpoint_auth_signing_alg_values_supported?: readonly string[]
  readonly revocation_endpoint_auth_methods_supported?: readonly string[]
  readonly revocation_endpoint_auth_signing_alg_values_supported?: readonly string[]
  /** RFC 9449 5.1. */
  readonly dpop_signing_alg_values_supported?: readonly string[]
  readonly code_challenge_methods_supported: readonly 'S256'[]
  readonly claims_supported: readonly string[]
  readonly ui_locales_supported?: readonly string[]
  readonly prompt_values_supported?: readonly string[]
  readonly acr_values_supported?: readonly string[]
  readonly claims_parameter_supported: boolean
  readonly request_parameter_supported: boolean
  readonly request_uri_parameter_supported: boolean
  readonly authorization_response_iss_parameter_supported: boolean
}

/** RFC 7636 4.1: what a code verifier looks like, and 4.2: the base64url of a SHA-256. */
export const codeVerifier = /^[A-Za-z0-9\-._~]{43,128}$/
export const codeChallenge = /^[A-Za-z0-9_-]{43}$/
