import { readMaintenance } from '../core/switch/read-maintenance.ts'
import { setMaintenance } from '../core/switch/set-maintenance.ts'
import { UsageFault, type Command } from './command.ts'
import { withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'While it is on, every process answers 503 with Retry-After within about a second, but for health and for callbacks of\n' +
    'providers, which are stored and read afterwards. Without a word it says how things stand.',
  takes: ['[on|off]'],
  options: {},
  run: async (asked) => {
    const [word = null] = asked.given
    if (word !== null && word !== 'on' && word !== 'off') throw new UsageFault('say on or off')
    const isOn = await withPorts(asked, 'maintenance', async (ports) => {
      if (word !== null) await setMaintenance(ports, word === 'on')
      return await readMaintenance(ports)
    })
    return { value: { maintenance: isOn }, text: `Maintenance is ${isOn ? 'on' : 'off'}.` }
  },
}
