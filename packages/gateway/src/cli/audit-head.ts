import { printHead } from '../core/audit/chain.ts'
import { readHead } from '../core/audit/read-chain.ts'
import type { Command } from './command.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Prints PLACE:HASH of the newest link. Keep it where nobody who may write to the database can write: with it\n' +
    '"lango audit verify --head PLACE:HASH" finds a trail that was rewritten or cut off, too.',
  takes: [],
  options: {},
  run: async (asked) => {
    const head = await withPorts(asked, 'audit head', readHead)
    return { value: head, text: printHead(head) }
  },
}
