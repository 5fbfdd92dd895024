import { toDate } from '../base/time.ts'
import { listAnyApplications } from '../core/application/list-any-applications.ts'
import type { OwnedApplication } from '../core/application/own-application.sql.ts'
import { text, UsageFault, type Command } from './command.ts'
import { standingOf } from './app-show.ts'
import { withPorts } from './with-ports.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const command: Command = {
  about:
    'Lists applications (OAuth clients): client id, kind, whether it is on, and name; all of one with app show.',
  takes: [],
  options: { org: { type: 'string', value: 'UUID', meaning: 'those of one organization' } },
  run: async (asked) => {
    const organizationId = text(asked, 'org')
    if (organizationId !== null && !uuid.test(organizationId)) throw new UsageFault('--org takes a UUID')
    const found = await withPorts(
      asked,
      'app list',
      async (ports) => await listAnyApplications(ports, organizationId),
    )
    return {
      value: { applications: found.map(valueOf) },
      text:
        found.length === 0 ? 'There is none. "lango app create --help" shows how to make one.' : table(found),
    }
  },
}

function valueOf(one: OwnedApplication) {
  const { clientId, organizationId, name, kind, createdAt } = one
  return {
    clientId,
    organization: organizationId,
    name,
    kind,
    standing: standingOf(one),
    createdAt: toDate(createdAt).toISOString(),
  }
}

function table(found: readonly OwnedApplication[]): string {
  const rows = found.map((one) => [one.clientId, one.kind, standingOf(one), one.name])
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n')
}
