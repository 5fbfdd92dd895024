/**
 * Where we answer otherwise than the oracle, on purpose. Each holds for exactly the cases that it names: one that no
 * longer occurs, or comes out otherwise, fails, so that this list stays true.
 */
import type { Outcome, Visitor } from './side.ts'

export type Difference = {
  readonly cases: RegExp
  readonly lango: Outcome | Readonly<Partial<Record<Visitor, Outcome>>>
  readonly because: string
}

export const differences: readonly Difference[] = [
  {
    cases: /^authorize \S+ shop response_type=code code$/,
    lango: 'error unsupported_response_type',
    because:
      'A response type is a set of values (RFC 6749 section 3.1.1) that names each once; we do not repair it.',
  },
  {
    cases: /^authorize \S+ shop (without scope|scope=|scope=profile)$/,
    lango: { stranger: 'sign-in', agreed: 'code' },
    because:
      'Field clients of the legacy wire send no scope (field-facts 3), and OAuth without openid is served.',
  },
  {
    cases: /^authorize \S+ shop scope=(nonsense|OPENID|openid,profile)$/,
    lango: 'error invalid_scope',
    because: 'Nothing that we know is left of the scope: RFC 6749 section 4.1.2.1 has a word for that.',
  },
  {
    cases: /^authorize \S+ shop scope=openid  profile$/,
    lango: { stranger: 'sign-in', agreed: 'code' },
    because: 'A second blank between two scopes hides nothing and is read as one.',
  },
  {
    cases: /^authorize \S+ shop code_challenge=a{44}$/,
    lango: 'error invalid_request',
    because:
      'The base64url of a SHA-256 has 43 characters; another length can never be redeemed, so say it now.',
  },
  {
    cases: /^authorize \S+ shop prompt=none none$/,
    lango: 'error invalid_request',
    because: 'prompt=none stands alone (OpenID Connect Core 3.1.2.1), also beside itself.',
  },
  {
    cases: /^authorize \S+ shop max_age=99999999999$/,
    lango: 'error invalid_request',
    because: 'Three thousand years are a fault of the application, not a wish.',
  },
  {
    cases: /^authorize \S+ shop response_mode=fragment$/,
    lango: 'error invalid_request',
    because:
      'A code in a fragment is meant for scripts; the code flow is served by query and form_post alone.',
  },
  {
    cases: /^authorize \S+ shop response_mode=(odd|jwt)$/,
    lango: 'error invalid_request',
    because:
      'OAuth 2.0 Multiple Response Types registers no error of its own for this; a wrong value is invalid_request.',
  },
  {
    cases: /^authorize \S+ shop request_uri=urn:/,
    lango: 'error request_uri_not_supported',
    because: 'It has not the form of an address that was given for a pushed request.',
  },
  {
    cases: /^authorize \S+ shop registration=/,
    lango: { stranger: 'sign-in', agreed: 'code' },
    because: 'For self-issued providers alone; elsewhere a parameter that we do not know is ignored.',
  },
  {
    cases: /^redeem (without redirect_uri|redirect_uri=)$/,
    lango: '400 invalid_grant',
    because:
      'An address that is missing is not the one of the request; RFC 6749 section 5.2 counts that to invalid_grant.',
  },
  {
    cases: /with (no credentials|an empty secret|no colon|loose base64|another scheme|broken escapes)$/,
    lango: '401 invalid_client',
    because:
      'An application that cannot be read has not authenticated (RFC 6749 section 5.2), and gets the same no as one that lies.',
  },
  {
    cases: / by (GET|PUT|DELETE|PATCH)$/,
    lango: '405 Method Not Allowed',
    because: 'The address is there, the method is not (RFC 9110 section 15.5.6), and Allow says which is.',
  },
  {
    cases: /^introspect an ID token$/,
    lango: '200 inactive',
    because: 'RFC 7662 section 2.2: whatever is no live token of ours is not active, and no more is said.',
  },
  {
    cases: /^revoke an ID token$/,
    lango: '200',
    because: 'RFC 7009 section 2.2: a token that cannot be revoked here is answered like one that is gone.',
  },
  {
    cases: /^introspect (a|another’s) token as a public client$/,
    lango: '401 invalid_client',
    because: 'Who introspects proves who it is (RFC 7662 section 2.1); a public application cannot.',
  },
  {
    cases: /^revoke (another client’s access token|with another client’s)$/,
    lango: '200',
    because: 'RFC 7009 allows both; a 400 would tell a stranger that the token is good.',
  },
  {
    cases: /^user information by query$/,
    lango: '401',
    because: 'A token in an address ends in logs and is not looked at: to us the request carries none.',
  },
  {
    cases: /^user information with nothing$/,
    lango: '401',
    because: 'RFC 6750 section 3.1: a request without any credentials is told no error code.',
  },
]
