/** What `lango app create` may say of an application beside its name and addresses. */
import { readFileSync } from 'node:fs'
import { authMethods, grants, type JsonWebKeys } from '../core/application/application.ts'
import type { CreateApplication } from '../core/application/create-application.ts'
import { readJsonWebKeys } from '../core/client/json-web-keys.ts'
import { profileNames } from '../core/application/profile.ts'
import { isScope, scopes, type Scope } from '../core/application/scope.ts'
import { UsageFault, type Option } from './command.ts'
import type { Entry } from './entries.ts'

export const appOptions: Readonly<Record<string, Option>> = {
  grant: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    meaning: `${grants.join(', ')}; the usual ones of its kind if none is given`,
  },
  scope: {
    type: 'string',
    multiple: true,
    value: 'SCOPE',
    meaning: `the most that it may ask for: ${scopes.join(', ')}, or words around a colon, as payments:read`,
  },
  'auth-method': {
    type: 'string',
    value: 'NAME',
    meaning: `how it proves itself: ${authMethods.join(', ')}; by its secret anywhere if not given`,
  },
  jwks: { type: 'string', value: 'FILE', meaning: 'its public keys (RFC 7517), for private_key_jwt' },
  'jwks-uri': { type: 'string', value: 'URL', meaning: 'where its public keys are, instead' },
  'post-logout-redirect-uri': {
    type: 'string',
    multiple: true,
    value: 'URL',
    meaning: 'where browsers return to after signing out',
  },
  pairwise: { type: 'boolean', meaning: 'knows each person by a subject of its own' },
  sector: {
    type: 'string',
    value: 'HOST',
    meaning: 'who shares those subjects; the one host of its addresses if not given',
  },
  profile: { type: 'string', value: 'NAME', meaning: 'standard (if not given) or fapi2' },
  'require-par': { type: 'boolean', meaning: 'takes pushed authorization requests alone' },
  dpop: { type: 'boolean', meaning: 'its tokens are bound to a key' },
  'backchannel-logout-uri': {
    type: 'string',
    value: 'URL',
    meaning: 'is told there when somebody signs out',
  },
  colour: { type: 'string', value: '#RRGGBB', meaning: 'its own, on the pages for people' },
}

type Told = Pick<CreateApplication, 'grants' | 'scopes' | 'more'>

/** What the options say; what they leave out has its plainest value. */
export function toldOf(entry: Entry, oneOf: OneOf): Told {
  const asked = entry.list('grant').map((name) => oneOf('grant', name, grants))
  const method = entry.text('auth-method')
  const keys = entry.text('jwks')
  return {
    ...(asked.length === 0 ? {} : { grants: asked }),
    ...(entry.list('scope').length === 0 ? {} : { scopes: entry.list('scope').map(scopeOf) }),
    more: {
      resources: entry.list('resource'),
      authMethod: method === undefined ? null : oneOf('auth-method', method, authMethods),
      jwks: keys === undefined ? null : keysIn(keys),
      jwksUri: entry.text('jwks-uri') ?? null,
      postLogoutRedirectUris: entry.list('post-logout-redirect-uri'),
      subjectType: entry.is('pairwise') ? 'pairwise' : 'public',
      sector: entry.text('sector') ?? null,
      profile: oneOf('profile', entry.text('profile') ?? 'standard', profileNames),
      requirePar: entry.is('require-par'),
      dpopBound: entry.is('dpop'),
      backchannelLogoutUri: entry.text('backchannel-logout-uri') ?? null,
      colour: entry.text('colour') ?? null,
    },
  }
}

type OneOf = <Word extends string>(option: string, text: string, words: readonly Word[]) => Word

function scopeOf(text: string): Scope {
  if (isScope(text)) return text
  throw new UsageFault(
    `--scope ${text}: one of ${scopes.join(', ')}, or words around a colon, as payments:read`,
  )
}

export function keysIn(file: string): JsonWebKeys {
  const keys = readJsonWebKeys(textOf(file))
  if (keys !== null) return keys
  throw new UsageFault(`--jwks: ${file} holds no set of public keys: {"keys": [{"kty": "EC", …}]}`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageFault(`--jwks: there is no file ${file} that can be read`)
  }
}
