import { columns } from './columns.ts'
import type { Command, Option } from './command.ts'
import { commands } from './commands.ts'
import type { Entry } from './commands.ts'

export function helpForAll(version: string): string {
  return [
    `Lango ${version}, a gateway for identity and payments`,
    '',
    'usage: lango <command> [options]',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Each command has --help, and --json for programs. Settings come from the environment: "lango config".',
    'Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 the data folder is held by another process.',
  ].join('\n')
}

export function helpFor({ name, summary }: Entry, command: Command): string {
  const options = Object.entries(command.options).map(
    ([option, given]) => [usage(option, given), given.meaning] as const,
  )
  return [
    `lango ${name}: ${summary}`,
    '',
    `usage: lango ${[name, ...command.takes].join(' ')} [options]`,
    '',
    command.about,
    '',
    ...columns([...options, ['--json', 'print the answer as JSON'], ['--help, -h', 'show this help']]),
  ].join('\n')
}

function usage(name: string, { short, value, multiple }: Option): string {
  const letter = short === undefined ? '' : `, -${short}`
  const word = value === undefined ? '' : ` ${value}`
  return `--${name}${letter}${word}${multiple === true ? ' …' : ''}`
}
