// The `lango` command: finds the command in the table, reads its arguments, prints what it returns, and turns whatever
// went wrong into words and an exit code.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { UsageFault, exitCodes } from './command.ts'
import type { Asked, Command, Option, Outcome } from './command.ts'
import { commands } from './commands.ts'
import type { Entry } from './commands.ts'
import { explainFault } from './explain-fault.ts'
import { helpFor, helpForAll } from './help.ts'

/** Returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration, 3 the data folder is held by another. */
async function lango(words: readonly string[]): Promise<number> {
  const json = words.includes('--json')
  try {
    const entry = findEntry(words)
    if (entry === null) return overview(words)
    const { command } = await entry.load()
    return await runCommand(entry, command, words.slice(entry.name.split(' ').length))
  } catch (error) {
    const { code, message } = explainFault(error)
    if (json) console.log(JSON.stringify({ error: { message } }))
    console.error(`lango: ${message}`)
    return code
  }
}

/** The longest name that the words begin with: `org create` before `org`. */
function findEntry(words: readonly string[]): Entry | null {
  const fits = ({ name }: Entry): boolean => name.split(' ').every((word, at) => words[at] === word)
  return commands.filter(fits).sort((one, other) => other.name.length - one.name.length)[0] ?? null
}

function overview(words: readonly string[]): number {
  if (words.includes('--version')) {
    console.log(version())
    return exitCodes.ok
  }
  const wanted = words.find((word) => !word.startsWith('-'))
  if (wanted !== undefined && wanted !== 'help') {
    const longer = commands
      .filter(({ name }) => name.startsWith(`${wanted} `))
      .map(({ name }) => `"lango ${name}"`)
    const meant = longer.length === 0 ? '' : ` There is ${longer.join(' and ')}.`
    throw new UsageFault(`there is no command "${wanted}".${meant} "lango --help" lists them all.`)
  }
  const asksForHelp = wanted === 'help' || words.includes('--help') || words.includes('-h')
  const print = asksForHelp ? console.log : console.error
  print(helpForAll(version()))
  return asksForHelp ? exitCodes.ok : exitCodes.usage
}

async function runCommand(entry: Entry, command: Command, words: readonly string[]): Promise<number> {
  const { values, positionals } = parse(entry, command, words)
  if (values['help'] === true) {
    console.log(helpFor(entry, command))
    return exitCodes.ok
  }
  const json = values['json'] === true
  const print = ({ value, text }: Outcome): void => console.log(json ? JSON.stringify(value) : text)
  const outcome = await command.run({
    given: matchArguments(entry, command, positionals),
    flags: values,
    env: process.env,
    say: (line) => console.error(line),
    print,
  })
  if (outcome !== null) print(outcome)
  return outcome?.isBad === true ? exitCodes.failed : exitCodes.ok
}

const everywhere: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', short: 'h', meaning: 'show this help' },
  json: { type: 'boolean', meaning: 'print the answer as JSON' },
}

type Parsed = { readonly values: Asked['flags']; readonly positionals: readonly string[] }

function parse(entry: Entry, command: Command, words: readonly string[]): Parsed {
  const options = Object.entries({ ...everywhere, ...command.options }).map(([name, option]) => {
    const { type, short, multiple } = option
    return [name, { type, ...(short && { short }), ...(multiple && { multiple }) }] as const
  })
  try {
    return parseArgs({ args: [...words], options: Object.fromEntries(options), allowPositionals: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // The parser's first sentence says what is wrong; the rest is about a shell's quoting.
    const [wrong = message] = message.split('. ')
    throw new UsageFault(`${wrong}. "lango ${entry.name} --help" shows what it takes.`)
  }
}

function matchArguments(
  entry: Entry,
  command: Command,
  positionals: readonly string[],
): readonly (string | null)[] {
  const least = command.takes.filter((name) => !name.startsWith('[')).length
  const isOpen = command.takes.at(-1)?.includes('…') === true
  if (positionals.length < least || (positionals.length > command.takes.length && !isOpen)) {
    throw new UsageFault(`usage: lango ${[entry.name, ...command.takes].join(' ')}`)
  }
  const named = command.takes.map((_, at) => positionals[at] ?? null)
  return isOpen ? [...named, ...positionals.slice(command.takes.length)] : named
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

// At the very end: everything above has to be there when the first command runs.
process.exitCode = await lango(process.argv.slice(2))
