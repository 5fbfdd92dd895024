import { readFileSync } from 'node:fs'
import { channels } from '../channels/index.ts'
import { configureChannel } from '../core/attempt/configure-channel.ts'
import { oneOf } from './app-create.ts'
import { firstGiven, text, UsageFault, type Asked, type Command } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

const ids = channels.map(({ id }) => id)

export const command: Command = {
  about:
    'Lets an organization be paid through a channel, or changes how. Settings are the channel’s own, as JSON in a file;\n' +
    'what is missing is told. They are kept encrypted. docs/mpesa.md lists those of mpesa; bank takes none.',
  takes: [ids.join('|')],
  options: {
    org: { type: 'string', value: 'UUID', meaning: 'the organization' },
    settings: { type: 'string', value: 'FILE', meaning: 'a JSON file with the settings; none if not given' },
    place: {
      type: 'string',
      value: 'NUMBER',
      meaning: 'where it stands among the ways to pay, from 0; first if not given',
    },
  },
  run: async (asked) => {
    const id = oneOf('channel', firstGiven(asked), ids)
    const channel = channels.find((one) => one.id === id)
    const organizationId = text(asked, 'org')
    if (channel === undefined || organizationId === null) throw new UsageFault('--org is missing')
    const settings = readSettings(asked)
    const place = placeOf(asked)
    await withPorts(asked, 'channel set', async (ports) =>
      granted(await configureChannel(ports, { organizationId, channel, place, settings })),
    )
    return { value: { organization: organizationId, channel: id, place }, text: `${id} is on.` }
  },
}

function readSettings(asked: Asked): unknown {
  const file = text(asked, 'settings')
  if (file === null) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (fault) {
    throw new UsageFault(`--settings ${file}: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
}

function placeOf(asked: Asked): number {
  const given = text(asked, 'place') ?? '0'
  if (!/^[0-9]{1,2}$/.test(given)) throw new UsageFault('--place: a whole number from 0')
  return Number(given)
}
