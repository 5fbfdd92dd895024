/** What `lango app change` puts in place of what was: keys, profile, and how tokens are asked for, bound and signed. */
import { authMethods } from '../core/application/application.ts'
import type { ChangeAnyApplication } from '../core/application/change-any-application.ts'
import { profileNames } from '../core/application/profile.ts'
import { signingAlgs } from '../core/signing-key/signing-key.ts'
import { keysIn } from './app-options.ts'
import { oneOf } from './app-create.ts'
import { text, UsageFault, type Asked, type Option } from './command.ts'

const one = (value: string, meaning: string): Option => ({ type: 'string', value, meaning })
const mark = (meaning: string): Option => ({ type: 'boolean', meaning })

export const valueOptions: Readonly<Record<string, Option>> = {
  'auth-method': one(
    'NAME',
    `how it proves itself: ${authMethods.join(', ')}, or any (by its secret, anywhere); all but private_key_jwt drop its keys`,
  ),
  jwks: one('FILE', 'its public keys (RFC 7517), in place of those or the address before'),
  'jwks-uri': one('URL', 'where its public keys are, in place of those or the address before'),
  profile: one('NAME', `${profileNames.join(' or ')}`),
  'id-token-alg': one('ALG', `what signs its ID tokens: ${signingAlgs.join(', ')}`),
  'require-par': mark('takes pushed authorization requests alone'),
  'no-require-par': mark('takes others too'),
  dpop: mark('its tokens are bound to a key'),
  'no-dpop': mark('they need not be'),
  'backchannel-logout-uri': one('URL', 'is told there when somebody signs out'),
  'no-backchannel-logout-uri': mark('is told no more'),
  colour: one('#RRGGBB', 'its own, on the pages for people'),
  'no-colour': mark('the house’s colour again'),
}

type Values = NonNullable<ChangeAnyApplication['to']>

/** Only what was asked for; everything else stays. */
export function readValues(asked: Asked): Values {
  const profile = text(asked, 'profile')
  const alg = text(asked, 'id-token-alg')
  const requirePar = eitherOf(asked, 'require-par')
  const dpopBound = eitherOf(asked, 'dpop')
  const backchannelLogoutUri = orNone(asked, 'backchannel-logout-uri')
  const colour = orNone(asked, 'colour')
  return {
    ...readProof(asked),
    ...(profile === null ? {} : { profile: oneOf('profile', profile, profileNames) }),
    ...(alg === null ? {} : { idTokenAlg: oneOf('id-token-alg', alg, signingAlgs) }),
    ...(requirePar === null ? {} : { requirePar }),
    ...(dpopBound === null ? {} : { dpopBound }),
    ...(backchannelLogoutUri === undefined ? {} : { backchannelLogoutUri }),
    ...(colour === undefined ? {} : { colour }),
  }
}

/** Keys and the method that they are for go together: one that needs none would be refused for those it had. */
function readProof(asked: Asked): Values {
  const [file, jwksUri] = [text(asked, 'jwks'), text(asked, 'jwks-uri')]
  if (file !== null && jwksUri !== null) throw new UsageFault('either --jwks or --jwks-uri')
  const keys =
    file !== null ? { jwks: keysIn(file), jwksUri: null } : jwksUri !== null ? { jwks: null, jwksUri } : null
  const method = text(asked, 'auth-method')
  if (method === null) return keys ?? {}
  const authMethod = oneOf('auth-method', method, [...authMethods, 'any'])
  if (authMethod === 'private_key_jwt') return { authMethod, ...keys }
  return { authMethod: authMethod === 'any' ? null : authMethod, jwks: null, jwksUri: null, ...keys }
}

/** `--NAME` and `--no-NAME`; null without either. */
function eitherOf(asked: Asked, name: string): boolean | null {
  const [yes, not] = [asked.flags[name] === true, asked.flags[`no-${name}`] === true]
  if (yes && not) throw new UsageFault(`either --${name} or --no-${name}`)
  return yes || not ? yes : null
}

/** `--NAME TEXT` and `--no-NAME`, which takes it away; undefined without either. */
function orNone(asked: Asked, name: string): string | null | undefined {
  const given = text(asked, name)
  const isNone = asked.flags[`no-${name}`] === true
  if (given !== null && isNone) throw new UsageFault(`either --${name} or --no-${name}`)
  return isNone ? null : (given ?? undefined)
}
