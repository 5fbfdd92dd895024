// House rules about code that no linter knows.
import verbs from '../verbs.json' with { type: 'json' }
import { inGateway, isTest, lines, type File, type House, type TidyRule } from './house.ts'

// A written list, matched as whole words of an identifier (camelCase split): a bare substring also finds "propagate".
const brands =
  /(?<![a-z])(ecitizen|pesaflow|paga|mpesa|m-pesa|daraja|safaricom|airtel|equitel|paystack|flutterwave|stripe)(?![a-z])/i
const words = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, '$1 $2')

const sources = (house: House): readonly File[] =>
  house.files.filter((file) =>
    /^(packages\/[^/]+\/src|examples|bench|scripts)\/.*\.(ts|mjs)$/.test(file.path),
  )
const published = (house: House): readonly File[] =>
  house.files.filter((file) => /^packages\/(wire|sdk|gateway)\/src\/.*\.ts$/.test(file.path) && !isTest(file))
const except = (files: readonly File[], pattern: RegExp): readonly File[] =>
  files.filter((file) => !pattern.test(file.path))

export const sourceRules: readonly TidyRule[] = [
  {
    name: 'the core speaks no dialect and knows no channel',
    mend: 'Turn the difference into a policy value that the caller passes in; say which abilities differ, not who has them.',
    offenders: (house) =>
      lines(inGateway(house, 'core/', 'base/', 'http/', 'jobs/').map(split), brands, 'text'),
  },
  {
    name: 'time and chance come through Deps',
    mend: 'Use deps.clock, deps.ids and deps.chance: a test can then say what time it is.',
    offenders: (house) =>
      lines(
        except(inGateway(house), /src\/(main\.ts|outside\/|cli\/)/).filter((file) => !isTest(file)),
        /\bDate\.now\(|new Date\(\)|\bDate\(\)|Math\.random\(|randomUUID\(|randomBytes\(|randomInt\(|getRandomValues\(|performance\.now\(/,
      ),
  },
  {
    name: 'the environment is read in one place',
    mend: 'Add the setting to config.ts and pass its typed value in. Only the two entries, main.ts and cli/lango.ts, hand the environment over.',
    offenders: (house) =>
      lines(except(inGateway(house), /src\/(config|main|cli\/lango)\.ts$|\.test\.ts$/), /\bprocess\.env\b/),
  },
  {
    name: 'money is never a float',
    mend: 'Parse with parseMoney and print with formatMoney: integers of minor units, never rounded.',
    offenders: (house) =>
      lines(except(published(house), /src\/cli\//), /\bparseFloat\(|\.toFixed\(|amount\s*\*\s*100\b/),
  },
  {
    name: 'SQL stands only in *.sql.ts',
    mend: 'Move the statement to the noun’s x.sql.ts as one exported function, tx first.',
    offenders: (house) =>
      lines(
        except(published(house), /\.sql\.ts$|\/outside\//),
        /['"`]\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()/i,
      ),
  },
  {
    name: 'every statement takes tx first',
    mend: 'One exported function per statement: `export async function lockInvoice(tx: Tx, …)`.',
    offenders: (house) =>
      inGateway(house, 'core/', 'jobs/', 'sites/')
        .filter((file) => file.path.endsWith('.sql.ts'))
        .flatMap((file) => statementsWithoutTx(file)),
  },
  {
    name: 'a noun never awaits',
    mend: 'Decide in x.ts, act in a use case (verb-noun.ts): load → decide → save. A new verb is a word in test/fences/verbs.json.',
    offenders: (house) =>
      lines(
        inGateway(house, 'core/').filter((file) => isNoun(file.path)),
        /\bawait\b|\basync\s/,
      ),
  },
  {
    name: 'a file has at most 300 lines',
    mend: 'Split it by subject; or begin it with `/* oxlint-disable max-lines -- the reason */`.',
    offenders: (house) =>
      house.files
        .filter(
          (file) => /\.(ts|mjs|cjs|css)$/.test(file.path) && file.text.trimEnd().split('\n').length > 300,
        )
        .filter((file) => !/oxlint-disable max-lines -- \S/.test(file.text))
        .map((file) => file.path),
  },
  {
    name: 'every silenced rule says why',
    mend: 'Write `// oxlint-disable-next-line rule -- the reason`; never @ts-ignore or @ts-nocheck.',
    offenders: (house) =>
      lines(
        house.files.filter((file) => /\.(ts|mjs|cjs)$/.test(file.path)),
        /^\s*(\/\/|\/\*|\*).*(@ts-(ignore|nocheck)|(oxlint|eslint)-disable(?!.* -- \S)|prettier-ignore(?!.* -- \S))/,
        'text',
      ),
  },
  {
    name: 'no test is skipped',
    mend: 'Make it pass or delete it; what a machine cannot run is reported loudly by the runner, not skipped.',
    offenders: (house) =>
      lines(
        house.files.filter((file) => file.path.endsWith('.test.ts')),
        /\b(test|it|describe|suite)\.(skip|todo|only)\(|\b(skip|todo|only): true\b|\bt\.(skip|todo)\(/,
      ),
  },
  {
    name: 'no file is called utils',
    mend: 'Name it for the subject or the verb it is about.',
    offenders: (house) =>
      sources(house)
        .map((file) => file.path)
        .filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared|manager)(\.|\/)/i.test(file)),
  },
  {
    name: 'no barrel but a package door',
    mend: 'Import the file that has it. Only packages/*/src/index.ts re-exports.',
    offenders: (house) =>
      lines(
        except(sources(house), /^packages\/[^/]+\/src\/index\.ts$/),
        /^\s*export\s+(type\s+)?(\*|\{[^}]*\})\s*(as \w+ )?from\s/,
      ),
  },
  {
    name: 'a class is a fault',
    mend: 'Write a type and functions. Only what is thrown is a class, and it extends Error.',
    offenders: (house) =>
      lines(
        published(house),
        /(?:^|[;{}=(]|\b(?:export|abstract|default))\s*class\s+\w+(?!\w*\s+extends\s+\w*(Error|Fault)\b)/,
      ),
  },
  {
    name: 'a page writes no raw HTML',
    mend: 'Use the html tag, which escapes; what must be raw is made once, in pages/ui/. Browser scripts live in pages/scripts/.',
    offenders: (house) =>
      lines(
        except(inGateway(house), /src\/pages\/(ui|scripts)\//),
        /import\s*\{[^}]*\braw\b[^}]*\}\s*from\s*'hono|\binnerHTML\b|dangerouslySet/,
      ),
  },
]

/** `signing-key.ts` is a noun, `keep-signing-keys.ts` a use case: the first word decides. */
function isNoun(file: string): boolean {
  const name = /\/core\/[^/]+\/([^./]+)\.ts$/.exec(file)?.[1]
  return name !== undefined && !(name.includes('-') && verbs.includes(name.split('-')[0] ?? ''))
}

function split(file: File): File {
  return { ...file, text: words(file.text) }
}

function statementsWithoutTx(file: File): string[] {
  const functions = [
    ...file.code.matchAll(/^export\s+(?:async\s+)?function\s+(\w+)\s*(?:<[^(]*>)?\(\s*(\w*)/gm),
  ]
  const arrows = [...file.code.matchAll(/^export\s+const\s+(\w+)[^=\n]*=\s*(?:async\s*)?\(\s*(\w*)/gm)]
  return [...functions, ...arrows].flatMap(([, name = '', first = '']) =>
    first === 'tx' ? [] : [`${file.path}  ${name}(${first}…)`],
  )
}
