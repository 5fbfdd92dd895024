import { cancelInvoice } from '../core/invoice/cancel-invoice.ts'
import { firstGiven, type Command } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Only an invoice on which nothing was paid. Its page then says so, banks hear that it may not be paid, and money that\n' +
    'arrives all the same waits in suspense.',
  takes: ['NUMBER'],
  options: {},
  run: async (asked) => {
    const number = firstGiven(asked).trim().toUpperCase()
    await withPorts(asked, 'invoice cancel', async (ports) => granted(await cancelInvoice(ports, number)))
    return { value: { cancelled: number }, text: `${number} is cancelled.` }
  },
}
