import { parseHead, printHead, type Broken, type Head } from '../core/audit/chain.ts'
import { verifyChain } from '../core/audit/verify-chain.ts'
import { loadConfig } from '../config.ts'
import { openDigests } from '../outside/digests.ts'
import { verifyAuditFile } from './audit-file.ts'
import { text, UsageFault, type Asked, type Command, type Outcome } from './command.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Without a file it reads the trail in the database. Names the first place where the chain breaks, and what is wrong\n' +
    'there. Exit code 1 when it is broken. With --head it must also be the trail of which that hash was kept.',
  takes: ['[FILE]'],
  options: {
    head: { type: 'string', value: 'PLACE:HASH', meaning: 'what "lango audit head" printed once' },
  },
  run: async (asked) => {
    const kept = keptHead(asked)
    const [file = null] = asked.given
    return file === null ? await ofDatabase(asked, kept) : await ofFile(asked, file, kept)
  },
}

function keptHead(asked: Asked): Head | null {
  const given = text(asked, 'head')
  if (given === null) return null
  const head = parseHead(given)
  if (head === null) throw new UsageFault('--head: PLACE:HASH, as "lango audit head" prints it')
  return head
}

async function ofDatabase(asked: Asked, kept: Head | null): Promise<Outcome> {
  const found = await withPorts(asked, 'audit verify', async (ports) => await verifyChain(ports, kept))
  const waits = found.waiting === 0 ? '' : ` ${found.waiting} acts wait to be chained.`
  return outcome(
    found,
    `${found.head.place} acts in one unbroken chain, head ${printHead(found.head)}.${waits}`,
  )
}

async function ofFile(asked: Asked, file: string, kept: Head | null): Promise<Outcome> {
  const { masterKeys } = loadConfig(asked.env)
  const found = await verifyAuditFile(file, kept, openDigests(masterKeys[0]))
  const { after, head, acts, withheld } = found
  const besides = withheld === 0 ? '' : ` and ${withheld} withheld`
  return outcome(
    found,
    `${acts} acts${besides} in one unbroken chain from place ${after.place + 1} on, head ${printHead(head)}.`,
  )
}

function outcome(found: { readonly head: Head; readonly broken: Broken | null }, good: string): Outcome {
  const { broken } = found
  return {
    value: { whole: broken === null, ...found },
    text: broken === null ? good : `BROKEN at place ${broken.place}: ${broken.says}.`,
    isBad: broken !== null,
  }
}
