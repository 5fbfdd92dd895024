import { toDate } from '../base/time.ts'
import { viewAnyApplication, type AnyApplication } from '../core/application/list-any-applications.ts'
import type { ListedApplication } from '../core/application/own-application.sql.ts'
import { columns } from './columns.ts'
import { firstGiven, type Command, type Outcome } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about: 'Shows all that is registered of an application but its secrets, which nobody can read again.',
  takes: ['CLIENT_ID'],
  options: {},
  run: async (asked) => {
    const clientId = firstGiven(asked)
    return await withPorts(asked, 'app show', async (ports) =>
      shown(granted(await viewAnyApplication(ports, clientId))),
    )
  },
}

/** Why it does not work, or that it does. */
export function standingOf({
  pausedAt,
  suspendedAt,
}: Pick<ListedApplication, 'pausedAt' | 'suspendedAt'>): 'on' | 'off' | 'suspended' {
  if (suspendedAt !== null) return 'suspended'
  return pausedAt === null ? 'on' : 'off'
}

function shown({ application, listed, secrets }: AnyApplication): Outcome {
  const { organizationId, organizationName, disabledAt, ...registered } = application
  const value = {
    ...registered,
    organization: organizationId,
    organizationName,
    standing: standingOf(listed),
    suspendedBecause: listed.suspendedBecause,
    works: disabledAt === null,
    createdAt: toDate(listed.createdAt).toISOString(),
    secrets: secrets.map(({ createdAt, retiresAt }) => ({
      createdAt: toDate(createdAt).toISOString(),
      endsAt: retiresAt === null ? null : toDate(retiresAt).toISOString(),
    })),
  }
  const legible = { ...value, jwks: value.jwks?.keys.map(keyName) ?? null }
  return { value, text: columns(Object.entries(legible).map(([name, one]) => [name, said(one)])).join('\n') }
}

/** What tells one key from another; all of it stands in the JSON. */
function keyName({ kty, alg, kid }: Readonly<Record<string, unknown>>): string {
  return [kty, alg, kid].filter((one) => typeof one === 'string').join(' ')
}

function said(value: unknown): string {
  if (value === null) return '-'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return JSON.stringify(value)
  return value.length === 0 ? '-' : value.map(said).join(', ')
}
