import { allowances, isAllowance, type Allowance } from '../core/application/allowance.ts'
import {
  changeAnyApplication,
  type ChangeAnyApplication,
} from '../core/application/change-any-application.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { readValues, valueOptions } from './app-values.ts'
import { firstGiven, text, UsageFault, type Asked, type Command, type Option } from './command.ts'
import { granted, rehearse, withPorts } from './with-ports.ts'

const many = (value: string, meaning: string): Option => ({ type: 'string', multiple: true, value, meaning })

export const command: Command = {
  about:
    'Changes what is registered of an application, or switches it off and on. It takes hold at once; while it is off its\n' +
    'tokens are dead. Options with add, remove and allow may be repeated. What an allowance risks stands in\n' +
    '"lango app create --help". What it is, whose it is, and by which subject it knows each person stay as they were\n' +
    'registered: with another subject everybody would come back as a stranger. Register another application instead.',
  takes: ['CLIENT_ID'],
  options: {
    name: { type: 'string', value: 'NAME', meaning: 'as the consent page shows it' },
    off: { type: 'boolean', meaning: 'switches it off' },
    on: { type: 'boolean', meaning: 'switches it on again' },
    'add-redirect-uri': many('URL', 'one more address that browsers may return to'),
    'remove-redirect-uri': many('URL', 'they may not return there any more'),
    'add-post-logout-redirect-uri': many('URL', 'one more address to return to after signing out'),
    'remove-post-logout-redirect-uri': many('URL', 'not there any more'),
    allow: many('NAME', `switches an allowance on: ${Object.keys(allowances).join(', ')}`),
    disallow: many('NAME', 'switches an allowance off'),
    ...valueOptions,
    'dry-run': { type: 'boolean', meaning: 'check everything against the database, and change nothing' },
  },
  run: async (asked) => {
    const wanted = readChange(asked)
    const isDry = asked.flags['dry-run'] === true
    const change = async (ports: OpenPorts) => granted(await changeAnyApplication(ports, wanted))
    const changes = await withPorts(asked, 'app change', async (ports) =>
      isDry ? await rehearse(ports, change) : await change(ports),
    )
    const warnings = wanted.allowances.add.map((name) => `${name}: ${allowances[name]}`)
    const lines = Object.entries(changes).map(([field, now]) => `${field}: ${now}`)
    return {
      value: { dryRun: isDry, clientId: wanted.clientId, changes, warnings },
      text: [
        ...(lines.length === 0 ? ['It was so already.'] : lines),
        ...warnings.map((warning) => `WARNING: ${warning}`),
        ...(isDry ? ['Nothing was changed: this was a dry run.'] : []),
      ].join('\n'),
    }
  },
}

function readChange(asked: Asked): ChangeAnyApplication {
  const list = (option: string): readonly string[] => {
    const given = asked.flags[option]
    return Array.isArray(given) ? given.map(String) : []
  }
  const allowance = (option: string): readonly Allowance[] =>
    list(option).map((name) => (isAllowance(name) ? name : unknownAllowance(option, name)))
  const edit = (uri: string) => ({ add: list(`add-${uri}`), remove: list(`remove-${uri}`) })
  const [isOn, isOff] = [asked.flags['on'] === true, asked.flags['off'] === true]
  if (isOn && isOff) throw new UsageFault('either --on or --off')
  const wanted = {
    clientId: firstGiven(asked),
    name: text(asked, 'name'),
    on: isOn || isOff ? isOn : null,
    redirectUris: edit('redirect-uri'),
    postLogoutRedirectUris: edit('post-logout-redirect-uri'),
    allowances: { add: allowance('allow'), remove: allowance('disallow') },
    to: readValues(asked),
  }
  const lists = [wanted.redirectUris, wanted.postLogoutRedirectUris, wanted.allowances]
  if (
    wanted.name === null &&
    wanted.on === null &&
    Object.keys(wanted.to).length === 0 &&
    lists.every((one) => one.add.length + one.remove.length === 0)
  )
    throw new UsageFault('say what to change. "lango app change --help" shows what it takes.')
  return wanted
}

function unknownAllowance(option: string, name: string): never {
  throw new UsageFault(`--${option} ${name}: one of ${Object.keys(allowances).join(', ')}`)
}
