import { once } from 'node:events'
import { beginning, digestOf, type Head, type RecordedAct } from '../core/audit/chain.ts'
import { readChain, readHead } from '../core/audit/read-chain.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { auditLine } from './audit-file.ts'
import { CommandFault, text, UsageFault, type Asked, type Command } from './command.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Prints the acts as lines of JSON: "lango audit export > trail.jsonl". The file verifies by itself ("lango audit verify\n' +
    'trail.jsonl"), against a hash that you kept if you give one. Acts that you did not ask for are there as digests only:\n' +
    'they keep the chain whole and tell nothing. Without options it holds everything.',
  takes: [],
  options: {
    since: {
      type: 'string',
      value: 'TIME',
      meaning: 'acts from then on: 2026-01-31 or 2026-01-31T10:00:00Z',
    },
    until: { type: 'string', value: 'TIME', meaning: 'acts before then' },
    org: { type: 'string', value: 'UUID', meaning: 'acts of one organization' },
  },
  run: async (asked) => {
    const isWanted = wanted(asked)
    await withPorts(asked, 'audit export', async (ports) => await exportAll(ports, isWanted))
    return null
  },
}

async function exportAll(ports: OpenPorts, isWanted: (act: RecordedAct) => boolean): Promise<void> {
  const head = await readHead(ports)
  let last: Head = beginning
  let begun = false
  for await (const { act, ...link } of readChain(ports, head)) {
    if (act === null)
      throw new CommandFault(`the act at place ${link.place} is missing: "lango doctor" says more.`)
    // Nothing stands before the first act that was asked for.
    if (!begun && isWanted(act)) {
      begun = true
      await write(auditLine({ audit: 1, after: last }))
    }
    if (begun)
      await write(
        auditLine(isWanted(act) ? { ...link, act } : { ...link, digest: digestOf(act, ports.digests) }),
      )
    last = link
  }
  if (!begun) await write(auditLine({ audit: 1, after: last }))
  await write(auditLine({ head: last }))
}

async function write(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain')
}

function wanted(asked: Asked): (act: RecordedAct) => boolean {
  const [since, until] = [timeOf(asked, 'since'), timeOf(asked, 'until')]
  const organization = text(asked, 'org')
  return (act) => {
    const at = Date.parse(act.at)
    if (since !== null && at < since) return false
    if (until !== null && at >= until) return false
    return organization === null || act.organization === organization
  }
}

function timeOf(asked: Asked, option: string): number | null {
  const given = text(asked, option)
  if (given === null) return null
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(given)
  const at = isTime ? Date.parse(given) : Number.NaN
  if (Number.isNaN(at))
    throw new UsageFault(`--${option}: a day, or a time with its zone: 2026-01-31T10:00:00Z`)
  return at
}
