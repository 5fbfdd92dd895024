import { addOrigin } from '../core/organization/add-origin.ts'
import { text, UsageFault, firstGiven, type Command } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Registers one more origin, where notices may be sent, browsers returned to and the payment page framed.',
  takes: ['URL'],
  options: { org: { type: 'string', value: 'UUID', meaning: 'the organization' } },
  run: async (asked) => {
    const origin = firstGiven(asked)
    const organizationId = text(asked, 'org')
    if (organizationId === null) throw new UsageFault('--org is missing')
    await withPorts(asked, 'org origin add', async (ports) =>
      granted(await addOrigin(ports, { organizationId, origin })),
    )
    return { value: { organization: organizationId, origin }, text: `${origin} is registered.` }
  },
}
