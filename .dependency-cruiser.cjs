/**
 * The house plan as one object. Read it as: each room, the rooms it may look into, the npm packages it may bring,
 * and the parts of Node it may touch. Every rule below has a known-bad file under packages/gateway/test/fences/house,
 * and fences.test.ts proves that the file is caught by the rule's name.
 */
const gateway = '^packages/gateway/src/'

/**
 * In a subject room of the core the name tells the powers: `verb-noun.ts` is a use case, `noun.sql.ts` its statements, and
 * everything else a noun (`payment.ts`, `signing-key.ts`): rules without a database. A new verb is a word in the list.
 */
const verbs = require('./packages/gateway/test/fences/verbs.json')
const useCase = `${gateway}core/[^/]+/(${verbs.join('|')})-[a-z-]+\\.ts$`

/** Room → what it may look into (`sees`), bring from npm (`npm`) and take from Node (`node`). Absent means everything. */
const plan = {
  wire: { at: '^packages/wire/', sees: [], npm: [], node: [] },
  sdk: { at: '^packages/sdk/', sees: ['wire'], npm: [], node: [] },
  simulators: { at: '^packages/simulators/', sees: ['wire'], npm: ['fastify', '@fastify/'] },
  base: { at: `${gateway}base/`, sees: [], npm: [], node: [] },
  core: { at: `${gateway}core/`, sees: ['base'], npm: [], node: [] },
  outside: { at: `${gateway}outside/`, sees: ['base', 'core'] },
  channels: { at: `${gateway}channels/`, sees: ['base', 'core'], npm: [], node: [] },
  pages: { at: `${gateway}pages/`, sees: ['base'], npm: ['hono'], node: [] },
  http: { at: `${gateway}http/`, sees: ['base', 'core'], npm: ['fastify', '@fastify/'] },
  dialects: {
    at: `${gateway}dialects/`,
    sees: ['base', 'core', 'http', 'pages', 'wire'],
    npm: ['typebox'],
    node: [],
  },
  sites: { at: `${gateway}sites/`, sees: ['base', 'core', 'http', 'pages'], npm: ['typebox'], node: [] },
  jobs: { at: `${gateway}jobs/`, sees: ['base', 'core'], npm: [], node: ['timers/promises'] },
  door: {
    // app, main, cli and config: the one place where the rooms meet. Simulators are programs that the cli starts, never code that it imports.
    at: `${gateway}(app\\.ts|main\\.ts|config\\.ts|cli/)`,
    sees: [
      'wire',
      'sdk',
      'base',
      'core',
      'outside',
      'channels',
      'pages',
      'http',
      'dialects',
      'sites',
      'jobs',
    ],
  },
  examples: { at: '^examples/', sees: ['sdk'], npm: [] },
  bench: { at: '^bench/', sees: ['wire', 'sdk', 'simulators', 'door', 'outside', 'core', 'base'] },
}

/** Three rooms whose names say more than a pattern would. */
const ruleNames = { wire: 'wire-knows-nobody', sdk: 'sdk-knows-only-wire' }
/** Tests and what they lean on, and the programs that pack a package: they use Node and look where their subject may not. */
const aTest = '\\.test\\.ts$|^packages/[^/]+/(test|scripts)/'
const all = '^(packages|examples|bench)/'
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

const looks = Object.entries(plan).map(([room, { at, sees }]) => ({
  name: ruleNames[room] ?? `${room}-looks-only-where-allowed`,
  comment: `${room} may import ${sees.length ? sees.join(', ') : 'no other room'}. Pass what it needs in (a prop, a policy value, a port in core/deps.ts), or move the code to the room whose subject it is.`,
  severity: 'error',
  from: { path: at, pathNot: [aTest] },
  to: { path: all, pathNot: ['/node_modules/', ...[room, ...sees].map((seen) => plan[seen].at)] },
}))

/** A test beside its source may sign through the SDK and use the shared suites of test/; it still sees no stranger's room. */
const testsLook = {
  name: 'tests-beside-the-source-stay-in-their-room',
  comment:
    'A test beside the source proves that source. A story that crosses rooms belongs to packages/gateway/test/journeys.',
  severity: 'error',
  from: { path: `${gateway}([^/]+)/.*\\.test\\.ts$` },
  to: {
    path: gateway,
    pathNot: [`${gateway}$1/`, plan.base.at, plan.core.at, plan.http.at, plan.pages.at],
  },
}

const brings = Object.entries(plan)
  .filter(([room, { npm }]) => npm && room !== 'base' && room !== 'core')
  .map(([room, { npm }]) => ({
    name: `${room}-brings-only-its-libraries`,
    comment: `${room} may use ${npm.length ? npm.join(', ') : 'no npm package'}. A library lives in outside/, behind a port of the core, with a line in docs/decisions/dependencies.md.`,
    severity: 'error',
    from: { path: plan[room].at, pathNot: aTest },
    to: {
      path: 'node_modules/',
      pathNot: npm.map((name) => `node_modules/${escaped(name)}${name.endsWith('/') ? '' : '/'}`),
    },
  }))

const touches = Object.entries(plan)
  .filter(([, { node }]) => node)
  .map(([room, { node }]) => ({
    name: `${room}-touches-no-machine`,
    comment: `${room} may use ${node.length ? `node:${node.join(', node:')}` : 'nothing of Node'}. Files, sockets, processes, digests and chance are reached through a port of core/deps.ts that outside/ implements.`,
    severity: 'error',
    from: { path: plan[room].at, pathNot: aTest },
    to: { dependencyTypes: ['core'], pathNot: node.map((name) => `^(node:)?${escaped(name)}$`) },
  }))

module.exports = {
  forbidden: [
    ...looks,
    testsLook,
    ...brings,
    ...touches,
    {
      name: 'core-is-ours',
      comment:
        'base and core use no npm package at all: state the need as a port in core/deps.ts and implement it in outside/.',
      severity: 'error',
      from: { path: `${gateway}(base|core)/`, pathNot: aTest },
      to: { path: 'node_modules/' },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that cannot be found is an import that no other rule can judge.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or share a third that knows neither. A type that core/deps.ts names lives in a noun that does not look at deps.ts.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'siblings-do-not-meet',
      comment:
        'A dialect never imports a dialect, a site never a site, a channel never a channel (only families/). What two share belongs to core, http or pages.',
      severity: 'error',
      from: {
        path: `${gateway}(dialects|sites|channels)/([^/.]+)[/.]`,
        pathNot: `${gateway}(dialects|sites|channels)/index\\.ts$`,
      },
      to: {
        path: `${gateway}$1/`,
        pathNot: [
          `${gateway}$1/$2[/.]`,
          `${gateway}(channels|dialects)/families/`,
          `${gateway}$1/(dialect|site)\\.ts$`,
        ],
      },
    },
    {
      name: 'sql-stays-in-sql-files',
      comment:
        'Only x.sql.ts, the use case that opens the transaction (verb-noun.ts) and the ports (core/deps.ts, core/ports.ts) may name Tx; the rest asks a use case.',
      severity: 'error',
      from: {
        path: gateway,
        pathNot: [
          '\\.sql\\.ts$',
          useCase,
          `${gateway}core/(deps|ports)\\.ts$`,
          `${gateway}base/`,
          plan.outside.at,
          plan.door.at,
          aTest,
        ],
      },
      to: { path: 'base/db\\.ts$' },
    },
    {
      name: 'statements-are-called-by-use-cases',
      comment: 'A statement is one step of load → decide → save: call the use case instead, or write one.',
      severity: 'error',
      from: { path: all, pathNot: [`${gateway}core/`, plan.door.at, plan.bench.at, aTest] },
      to: { path: 'core/.*\\.sql\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      comment: 'x.ts decides and knows no database; only a use case (verb-noun.ts) may touch x.sql.ts.',
      severity: 'error',
      from: { path: `${gateway}core/[^/]+/[^./]+\\.ts$`, pathNot: useCase },
      to: { path: ['\\.sql\\.ts$', 'base/db\\.ts$'] },
    },
    {
      name: 'source-knows-no-test',
      comment: 'What runs in production may not lean on the tests.',
      severity: 'error',
      from: { path: ['^packages/[^/]+/src/', '^examples/', '^bench/'], pathNot: aTest },
      to: { path: aTest },
    },
    {
      name: 'nobody-imports-the-bench-or-the-examples',
      comment: 'They are users of the house, not parts of it. Tests may start them.',
      severity: 'error',
      from: { path: '^packages/', pathNot: aTest },
      to: { path: '^(examples|bench)/' },
    },
  ],
  options: {
    // Type-only imports count: a room that knows another's types knows that room.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Anchored: an unanchored /dist/ would also hide node_modules/*/dist, and with it every library.
    exclude: { path: ['^packages/[^/]+/dist/', '^packages/gateway/test/fences/house/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
  },
}
