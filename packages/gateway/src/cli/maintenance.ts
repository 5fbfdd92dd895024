import { setMaintenance } from '../core/switch/set-maintenance.ts'
import { firstGiven, UsageFault, type Command } from './command.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'While it is on, every process answers 503 with Retry-After within about a second, but for health and for callbacks of\n' +
    'providers, which are stored and read afterwards.',
  takes: ['on|off'],
  options: {},
  run: async (asked) => {
    const word = firstGiven(asked)
    if (word !== 'on' && word !== 'off') throw new UsageFault('say on or off')
    await withPorts(asked, 'maintenance', async (ports) => {
      await setMaintenance(ports, word === 'on')
    })
    return { value: { maintenance: word === 'on' }, text: `Maintenance is ${word}.` }
  },
}
