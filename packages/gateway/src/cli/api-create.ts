import { createResourceServer } from '../core/application/create-resource-server.ts'
import { isScope } from '../core/application/scope.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { UsageFault, type Command } from './command.ts'
import { createEntries, fileOptions, type Created, type Entry } from './entries.ts'
import { granted } from './with-ports.ts'

export const command: Command = {
  about:
    'Registers an API (a resource server), so that access tokens can be asked for it by `resource` (RFC 8707). The API\n' +
    'asks about such tokens at /oauth/introspect as the application --client-id, with that one’s secret. Applications\n' +
    'that may ask for its tokens are given its identifier by `app create --resource`.',
  takes: [],
  options: {
    identifier: { type: 'string', value: 'URI', meaning: 'its address, to the letter, without a fragment' },
    'client-id': { type: 'string', value: 'ID', meaning: 'the application (web or machine) that the API is' },
    name: { type: 'string', value: 'NAME', meaning: 'as people read it' },
    scope: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      meaning: 'a scope of its own, such as payments:read; it hears of no other. All if none is given',
    },
    ...fileOptions,
  },
  run: async (asked) => await createEntries(asked, 'api', create),
}

async function create(ports: OpenPorts, entry: Entry): Promise<Created> {
  const made = granted(
    await createResourceServer(ports, {
      identifier: entry.need('identifier'),
      clientId: entry.need('client-id'),
      name: entry.need('name'),
      scopes: entry.list('scope').map((scope) => (isScope(scope) ? scope : unknownScope(scope))),
    }),
  )
  return { value: { identifier: made.identifier, clientId: made.clientId }, warnings: [] }
}

function unknownScope(scope: string): never {
  throw new UsageFault(`--scope ${scope}: lower-case words around a colon, such as payments:read`)
}
