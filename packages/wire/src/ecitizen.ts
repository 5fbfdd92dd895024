// eCitizen's single sign-on: OAuth 2 with names of its own. Seed 000 from "Single Sign On" to "Fetching User
// Information"; what clients in the field do beyond it, field-facts section 3.

import type { IntrospectionAnswer, StandardClaims, TokenAnswer as OAuthTokenAnswer } from './oauth.ts'

export const paths = {
  /** A page for a person. A locale may stand before it: `/en/oauth/authorize`. */
  authorize: '/oauth/authorize',
  /** Its parameters come as a form, as JSON, or all in the query of an empty POST (section 3). */
  token: '/oauth/access-token',
  /** A form with the one parameter `token`; clients in the field do not authenticate here. */
  introspect: '/api/oauth/token/introspect',
  /** With `access_token` in the query, or a Bearer. The seed names the second, clients call the first. */
  userInfo: ['/api/user-info', '/api/userinfo'],
} as const

/** Names OAuth's `expires_in` and the seed's `expiration_date`, because clients read either. */
export type TokenAnswer = OAuthTokenAnswer & {
  /** When the access token ends, ISO 8601 in UTC: `2024-01-01T12:30:01Z`. */
  readonly expiration_date: string
}

/** Seed "Access Token Introspection": its `scope` may be null and its `token_type` names the grant. */
export type Introspection = IntrospectionAnswer

/** The field's values; the seed shows `citizen` only. */
export const accountTypes = ['citizen', 'alien', 'visitor', 'diplomat', 'business'] as const
export type AccountType = (typeof accountTypes)[number]

/** One letter on this wire. */
export type Gender = 'm' | 'f'

/** Seed "Fetching User Information", with both spellings of the two capitalized names, and OpenID's standard claims. */
export type UserInfo = Omit<StandardClaims, 'gender'> & {
  /** Unique and below 2^31, because clients keep it in a signed 32-bit column. */
  readonly id: number
  readonly id_number: string
  readonly email: string
  readonly active: boolean
  readonly first_name: string
  readonly last_name: string
  readonly surname: string
  readonly account_type: AccountType
  /** Digits with the country code and no plus: `254700000000`. */
  readonly mobile_number: string
  readonly mobile_verified: boolean
  readonly gender: Gender
  readonly Gender: Gender
  readonly kra_pin_number: string
  readonly Kra_pin_number: string
  /** `1951-05-28`. */
  readonly dob: string
}

/** The seed answers a bad or missing access token with status 400 and `invalid_request`. */
export type ErrorAnswer = { readonly error: string; readonly error_description: string }
