import { addMember } from '../core/organization/add-member.ts'
import { ensureOperator } from '../core/organization/ensure-operator.ts'
import { roles } from '../core/organization/role.ts'
import { oneOf } from './app-create.ts'
import { firstGiven, text, type Command } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Makes an account an operator: a member of the operator’s own organization, who signs in and opens /admin. An owner\n' +
    'decides about organizations and accounts; developer and finance may search accounts; a viewer sees organizations.',
  takes: ['EMAIL'],
  options: { role: { type: 'string', value: 'ROLE', meaning: `${roles.join(', ')}; owner if not given` } },
  run: async (asked) => {
    const email = firstGiven(asked)
    const role = oneOf('role', text(asked, 'role') ?? 'owner', roles)
    const { accountId } = await withPorts(asked, 'operator add', async (ports) =>
      granted(await addMember(ports, { organizationId: await ensureOperator(ports), email, role })),
    )
    return {
      value: { account: accountId, role },
      text: `${email} is an operator now (${role}): sign in and open /admin`,
    }
  },
}
