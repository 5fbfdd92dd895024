import { parseFeeRule } from '../core/invoice/fee.ts'
import { createService } from '../core/organization/create-service.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { UsageFault, type Command } from './command.ts'
import { createEntries, fileOptions, type Created, type Entry } from './entries.ts'
import { given } from './org-create.ts'
import { granted } from './with-ports.ts'

export const command: Command = {
  about:
    'Makes a billable service of an organization. --fee is what the payer pays on top, as JSON in minor units:\n' +
    '{"kind":"none"}, {"kind":"flat","fee":"500"}, {"kind":"share","basisPoints":150,"least":"100","most":"5000"} or\n' +
    '{"kind":"tiers","tiers":[{"upTo":"100000","fee":"500"},{"upTo":null,"fee":"1000"}]}.',
  takes: [],
  options: {
    org: { type: 'string', value: 'UUID', meaning: 'the organization' },
    name: { type: 'string', value: 'NAME', meaning: 'as payers read it' },
    currency: { type: 'string', value: 'CODE', meaning: 'ISO 4217; KES if not given' },
    fee: { type: 'string', value: 'JSON', meaning: 'the fee rule; none if not given' },
    code: { type: 'string', value: 'DIGITS', meaning: 'a given service code' },
    ...fileOptions,
  },
  run: async (asked) => await createEntries(asked, 'service', create),
}

async function create(ports: OpenPorts, entry: Entry): Promise<Created> {
  const fee = parseFeeRule(JSON.parse(entry.text('fee') ?? '{"kind":"none"}'))
  if (!fee.ok) throw new UsageFault(`--fee: ${fee.refusal}`)
  const { code, warnings } = granted(
    await createService(ports, {
      organizationId: entry.need('org'),
      name: entry.need('name'),
      currency: entry.text('currency') ?? 'KES',
      feeRule: fee.value,
      ...given(entry, { code: 'code' }),
    }),
  )
  return { value: { organization: entry.need('org'), service: code }, warnings }
}
