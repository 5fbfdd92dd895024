import { signingAlgs } from '../core/signing-key/signing-key.ts'
import { allowances, isAllowance } from '../core/application/allowance.ts'
import { createApplication } from '../core/application/create-application.ts'
import { applicationKinds } from '../core/application/application.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { appOptions, toldOf } from './app-options.ts'
import { UsageFault, type Command } from './command.ts'
import { createEntries, fileOptions, type Created, type Entry } from './entries.ts'
import { given } from './org-create.ts'
import { granted } from './with-ports.ts'

export const command: Command = {
  about:
    'Registers an application (an OAuth client). Its secret is shown once. --allow switches on a departure from the\n' +
    `strict defaults for a client that cannot be mended:\n${Object.entries(allowances)
      .map(([name, risk]) => `  ${name}: ${risk}`)
      .join('\n')}`,
  takes: [],
  options: {
    org: { type: 'string', value: 'UUID', meaning: 'the organization' },
    name: { type: 'string', value: 'NAME', meaning: 'as the consent page shows it' },
    kind: { type: 'string', value: 'KIND', meaning: `${applicationKinds.join(', ')}; web if not given` },
    'redirect-uri': {
      type: 'string',
      multiple: true,
      value: 'URL',
      meaning: 'where browsers return to, to the letter',
    },
    'national-identity': {
      type: 'boolean',
      meaning: 'releases the identity attributes to it, after consent',
    },
    allow: { type: 'string', multiple: true, value: 'NAME', meaning: 'an allowance, see above' },
    resource: {
      type: 'string',
      multiple: true,
      value: 'URI',
      meaning: 'an API that it may ask tokens for, see api create',
    },
    'id-token-alg': {
      type: 'string',
      value: 'ALG',
      meaning: 'RS256 (if not given), ES256 (if not given, with the profile fapi2), PS256 or EdDSA',
    },
    ...appOptions,
    'client-id': { type: 'string', value: 'ID', meaning: 'a given client id' },
    'client-secret': { type: 'string', value: 'TEXT', meaning: 'a given client secret' },
    ...fileOptions,
  },
  run: async (asked) => await createEntries(asked, 'app', create),
}

async function create(ports: OpenPorts, entry: Entry): Promise<Created> {
  const alg = entry.text('id-token-alg')
  const created = granted(
    await createApplication(ports, {
      organizationId: entry.need('org'),
      name: entry.need('name'),
      kind: oneOf('kind', entry.text('kind') ?? 'web', applicationKinds),
      redirectUris: entry.list('redirect-uri'),
      releases: entry.is('national-identity') ? 'national-identity' : 'scopes',
      allowances: entry.list('allow').map((name) => (isAllowance(name) ? name : unknownAllowance(name))),
      ...(alg === undefined ? {} : { idTokenAlg: oneOf('id-token-alg', alg, signingAlgs) }),
      ...toldOf(entry, oneOf),
      ...given(entry, { clientId: 'client-id', clientSecret: 'client-secret' }),
    }),
  )
  const { clientId, clientSecret, warnings } = created
  return {
    value: { clientId, clientSecret: clientSecret ?? 'none: it proves itself by keys, or not at all' },
    warnings,
  }
}

export function oneOf<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text)
  if (word === undefined) throw new UsageFault(`--${option}: one of ${words.join(', ')}`)
  return word
}

function unknownAllowance(name: string): never {
  throw new UsageFault(`--allow ${name}: one of ${Object.keys(allowances).join(', ')}`)
}
