import { importDocument } from '../core/moving-in/import-document.ts'
import type { PlannedRow } from '../core/moving-in/plan.ts'
import { CommandFault, firstGiven, text, UsageFault, type Command, type Outcome } from './command.ts'
import { textOfFile } from './rows/read-rows.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about: [
    'Brings applications, API clients, services and origins of one organization in, with the ids, secrets and codes that they',
    'have. FILE is one JSON document, - is standard input; the console takes the same (docs/moving-in.md shows it). What is',
    'there is left as it is. Exit code 1 when a row was refused.',
  ].join('\n'),
  takes: ['FILE'],
  options: {
    org: { type: 'string', value: 'UUID', meaning: 'the organization' },
    'dry-run': { type: 'boolean', meaning: 'say what would become of each row, and change nothing' },
  },
  run: async (asked) => {
    const organizationId = text(asked, 'org')
    if (organizationId === null) throw new UsageFault('--org is missing')
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(organizationId))
      throw new UsageFault('--org: the UUID of an organization')
    const document = await wholeText(firstGiven(asked))
    const dry = asked.flags['dry-run'] === true
    const rows = await withPorts(asked, 'org import', async (ports) =>
      granted(await importDocument(ports, { organizationId, text: document, dry })),
    )
    return outcomeOf(rows, dry)
  },
}

/** Far more than two hundred rows need. */
const mostCharacters = 1024 * 1024

async function wholeText(file: string): Promise<string> {
  let whole = ''
  for await (const piece of textOfFile(file)) {
    whole += piece
    if (whole.length > mostCharacters)
      throw new CommandFault(`${file} has more than ${mostCharacters} characters`)
  }
  return whole
}

function outcomeOf(rows: readonly PlannedRow[], dry: boolean): Outcome {
  const words = {
    new: dry ? 'would be made' : 'made',
    asked: 'asked',
    there: 'there already',
    refused: 'REFUSED',
  }
  const lines = rows.flatMap(({ kind, name, outcome, because, warnings, takenBy }) => {
    const why = takenBy === null ? because : `organization ${takenBy} has it`
    return [
      `${kind} ${name}: ${words[outcome]}${why === null ? '' : `: ${why}`}`,
      ...warnings.map((warning) => `  WARNING: ${warning}`),
    ]
  })
  return {
    value: { dryRun: dry, rows },
    text: [...lines, ...(dry ? ['Nothing was changed: this was a dry run.'] : [])].join('\n'),
    isBad: rows.some(({ outcome }) => outcome === 'refused'),
  }
}
