import { linkAggregator } from '../core/organization/link-aggregator.ts'
import { firstGiven, text, UsageFault, type Command } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Lets a bank or aggregator validate and confirm for an organization. One made with --serves-all needs no links.',
  takes: ['API-CLIENT-ID'],
  options: { org: { type: 'string', value: 'UUID', meaning: 'the organization that is paid' } },
  run: async (asked) => {
    const apiClientId = firstGiven(asked)
    const organizationId = text(asked, 'org')
    if (organizationId === null) throw new UsageFault('--org is missing')
    await withPorts(asked, 'bank link', async (ports) =>
      granted(await linkAggregator(ports, { apiClientId, organizationId })),
    )
    return {
      value: { apiClientId, organization: organizationId },
      text: `${apiClientId} may pay into ${organizationId}.`,
    }
  },
}
