import { createApiClient } from '../core/organization/create-api-client.ts'
import { createOrganization } from '../core/organization/create-organization.ts'
import { addWebhookSecret } from '../core/notice/add-webhook-secret.ts'
import { days } from '../base/time.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { createEntries, fileOptions, type Created, type Entry } from './entries.ts'
import type { Command } from './command.ts'
import { granted } from './with-ports.ts'

export const command: Command = {
  about:
    'Makes an organization and its caller of the signed APIs: a merchant that raises invoices, or with --bank an\n' +
    'aggregator that confirms payments. Key and secret are shown once. Given ids and secrets are kept (moving in).',
  takes: [],
  options: {
    name: { type: 'string', value: 'NAME', meaning: 'as payers read it' },
    origin: {
      type: 'string',
      multiple: true,
      value: 'URL',
      meaning: 'scheme://host[:port] where notices go and browsers return to',
    },
    'notification-url': { type: 'string', value: 'URL', meaning: 'every notice also goes here' },
    bank: { type: 'boolean', meaning: 'an aggregator instead of a merchant' },
    'serves-all': { type: 'boolean', meaning: 'with --bank: may pay into every organization' },
    strict: { type: 'boolean', meaning: 'refuse texts whose secure hash could be read in two ways' },
    lenient: { type: 'boolean', meaning: 'also take secure hashes in hex and base64 of raw bytes' },
    id: { type: 'string', value: 'UUID', meaning: 'a given id of the organization' },
    'api-client-id': { type: 'string', value: 'ID', meaning: 'a given API client id' },
    key: { type: 'string', value: 'TEXT', meaning: 'a given key' },
    secret: { type: 'string', value: 'TEXT', meaning: 'a given secret' },
    ...fileOptions,
  },
  run: async (asked) => await createEntries(asked, 'org', create),
}

async function create(ports: OpenPorts, entry: Entry): Promise<Created> {
  const id = entry.text('id')
  const organization = granted(
    await createOrganization(ports, {
      ...(id === undefined ? {} : { id }),
      name: entry.need('name'),
      origins: entry.list('origin'),
      notificationUrl: entry.text('notification-url') ?? null,
      strictHash: entry.is('strict'),
    }),
  )
  const role = entry.is('bank') ? 'aggregator' : 'merchant'
  const client = granted(
    await createApiClient(ports, {
      organizationId: organization.id,
      role,
      lenientHash: entry.is('lenient'),
      servesAll: entry.is('serves-all'),
      ...given(entry, { id: 'api-client-id', key: 'key', secret: 'secret' }),
    }),
  )
  const webhook = granted(
    await addWebhookSecret(ports, { organizationId: organization.id, overlap: days(1) }),
  )
  const { warnings, id: apiClientId, key, secret } = client
  const value = {
    organization: organization.id,
    role,
    apiClientId,
    key,
    secret,
    webhookSecret: webhook.secret,
  }
  return { value, warnings }
}

/** The given ones of some options, under their core names. */
export function given<Names extends Readonly<Record<string, string>>>(
  entry: Entry,
  names: Names,
): { readonly [Name in keyof Names]?: string } {
  const found: { [Name in keyof Names]?: string } = {}
  for (const name of Object.keys(names) as (keyof Names)[]) {
    const text = entry.text(names[name] ?? '')
    if (text !== undefined) found[name] = text
  }
  return found
}
