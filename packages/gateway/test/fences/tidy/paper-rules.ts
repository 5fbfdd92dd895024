// House rules about lists, papers and files: what must be written down, and what must not.
import { lines, textOf, type File, type House, type TidyRule } from './house.ts'

const gateway = 'packages/gateway/src/'
// Written as patterns, so that the rule does not find itself.
const machinePaths = /(?<![\w.:/-])\/(work|root|home\/\w+|Users\/\w+|tmp\/\w+)\/\w|\b[A-Z]:\\Users\\/

export const paperRules: readonly TidyRule[] = [
  {
    name: 'no file names a place on somebody’s machine',
    mend: 'Say it relative to the checkout, or take it from os.tmpdir() or the configuration.',
    offenders: (house) =>
      lines(
        house.files.filter((file) => file.path !== 'package-lock.json'),
        machinePaths,
        'text',
      ),
  },
  {
    name: 'the lock file names no registry',
    mend: 'Keep `omit-lockfile-registry-resolved=true` in .npmrc and run npm install again.',
    offenders: (house) =>
      lines(
        house.files.filter((file) => file.path === 'package-lock.json'),
        /"resolved":\s*"https?:/,
        'text',
      ),
  },
  {
    name: 'every package has a reason',
    mend: 'Add a row to docs/decisions/dependencies.md: why, licence, who keeps it.',
    offenders: (house) => {
      const reasons = textOf(house, 'docs/decisions/dependencies.md')
      return dependencies(house)
        .filter(
          ({ name }) =>
            !new RegExp(`^\\| \`${name.replaceAll('.', '\\.')}\` *\\|[^|]*\\w`, 'm').test(reasons),
        )
        .map(({ name, file }) => `${name} (${file})`)
    },
  },
  {
    name: 'every package version is exact',
    mend: 'npm install --save-exact',
    offenders: (house) =>
      dependencies(house)
        .filter(({ version }) => !/^(\d|\*$)/.test(version))
        .map(({ name, version, file }) => `${name}@${version} (${file})`),
  },
  {
    name: 'no reason is left of a package that is gone',
    mend: 'Delete its row from docs/decisions/dependencies.md.',
    offenders: (house) => {
      const used = new Set(dependencies(house).map(({ name }) => name))
      const rows = [...textOf(house, 'docs/decisions/dependencies.md').matchAll(/^\| `([^`]+)` *\|/gm)]
      return rows.map(([, name = '']) => name).filter((name) => !used.has(name))
    },
  },
  {
    name: 'migrations are numbered without gaps',
    mend: 'The next free number, four digits, then words: 0007_settlements.sql. Forward only.',
    offenders: (house) => {
      const files = house.files
        .map((file) => /^packages\/gateway\/migrations\/(.+)$/.exec(file.path)?.[1] ?? '')
        .filter(Boolean)
        .sort()
      return files.filter(
        (file, index) => !new RegExp(`^${String(index + 1).padStart(4, '0')}_[a-z0-9_]+\\.sql$`).test(file),
      )
    },
  },
  {
    name: 'every channel is on the list',
    mend: 'Add a line to channels/index.ts.',
    offenders: (house) => unlisted(house, 'channels', (name) => [`./${name}.ts`]),
  },
  {
    name: 'every dialect is on the list',
    mend: 'Add a line to dialects/index.ts.',
    offenders: (house) => unlisted(house, 'dialects', (name) => [`./${name}/`, `./${name}.ts`]),
  },
  {
    name: 'every site is on the list',
    mend: 'Add a line to sites/index.ts.',
    offenders: (house) => unlisted(house, 'sites', (name) => [`./${name}/`, `./${name}.ts`]),
  },
  {
    name: 'every abuse case that a test names is on the list',
    mend: 'Use a number of docs/cases.json, in the form [money 12], [money S1], [money 33–45] or [identity 41].',
    offenders: unknownCases,
  },
]

type Dependency = { readonly name: string; readonly version: string; readonly file: string }
type Manifest = Readonly<
  Partial<
    Record<
      'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies',
      Record<string, string>
    >
  >
>

function dependencies(house: House): readonly Dependency[] {
  return house.files.filter(isManifest).flatMap((file) => {
    const manifest = JSON.parse(file.text) as Manifest
    const all = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    }
    return Object.entries(all)
      .filter(([name]) => !name.startsWith('@lango/'))
      .map(([name, version]) => ({ name, version, file: file.path }))
  })
}

function isManifest(file: File): boolean {
  return /^((packages|examples)\/[^/]+\/|bench\/)?package\.json$/.test(file.path)
}

/** What stands in a room but not in its index.ts. A room without a member needs no list. */
function unlisted(house: House, room: string, written: (name: string) => readonly string[]): string[] {
  const list = textOf(house, `${gateway}${room}/index.ts`)
  const members = house.files
    .map((file) => new RegExp(`^${gateway}${room}/([^/.]+)[/.]`).exec(file.path)?.[1] ?? '')
    .filter((name) => !['', 'index', 'families', 'channel', 'dialect', 'site', 'contract'].includes(name))
  return [...new Set(members)]
    .filter((name) => !written(name).some((spelling) => list.includes(`'${spelling}`)))
    .map((name) => `${gateway}${room}/${name}`)
}

function unknownCases(house: House): string[] {
  const list = textOf(house, 'docs/cases.json')
  const known = new Set(
    list === ''
      ? []
      : Object.entries((JSON.parse(list) as { cases: Record<string, Record<string, string>> }).cases).flatMap(
          ([family, titles]) => Object.keys(titles).map((number) => `${family} ${number}`),
        ),
  )
  return house.files
    .filter((file) => file.path.endsWith('.test.ts'))
    .flatMap((file) =>
      [...file.code.matchAll(/\[(money|identity) ([^\]\n]*)\]/g)].flatMap(
        ([tag, family = '', numbers = '']) =>
          numbers.split(/,\s*|\s*[–-]\s*/).some((number) => !known.has(`${family} ${number.trim()}`))
            ? [`${file.path}  ${tag}`]
            : [],
      ),
    )
}
