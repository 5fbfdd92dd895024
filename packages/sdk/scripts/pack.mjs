// Makes the package that merchants install, and proves it: compiled with tsc, packed with npm, judged by publint and
// attw, and used once from its tarball by plain JavaScript. `node packages/sdk/scripts/pack.mjs` prints where it lies.
//
// The wire package is compiled into it (as dist/wire) rather than published beside it: merchants install one thing
// without dependencies, and the wire's words may change shape as long as the SDK's own do not.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const sdk = join(dirname(fileURLToPath(import.meta.url)), '..')
const root = join(sdk, '..', '..')
const stage = join(root, '.cache', 'sdk-package')
const dist = join(stage, 'dist')
const tool = (name) => join(root, 'node_modules', '.bin', name)
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })

rmSync(stage, { recursive: true, force: true })
mkdirSync(stage, { recursive: true })
run(tool('tsc'), ['-p', join(sdk, 'tsconfig.pack.json'), '--outDir', dist], root)
for (const file of readdirSync(dist, { recursive: true })) point(join(dist, file))
writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest(), null, 2))
cpSync(join(sdk, 'README.md'), join(stage, 'README.md'))
cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))

const [{ filename, size, files }] = JSON.parse(run('npm', ['pack', '--json', '--silent'], stage))
const tarball = join(stage, filename)
process.stdout.write(run(tool('publint'), ['--strict', tarball], stage))
process.stdout.write(
  run(tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'], stage),
)
useIt()
process.stdout.write(`${relative(root, tarball)}: ${files.length} files, ${size} bytes\n`)

/** Makes a compiled file find its neighbours: `@lango/wire` under dist/wire, and `.ts` under `.js`. */
function point(file) {
  if (!/\.(js|d\.ts)$/.test(file)) return
  const wire = relative(dirname(file), join(dist, 'wire', 'src', 'index.js')).replaceAll('\\', '/')
  const text = readFileSync(file, 'utf8')
    .replace(
      /(from |import\()'@lango\/wire'/g,
      (_, before) => `${before}'${wire.startsWith('.') ? wire : `./${wire}`}'`,
    )
    .replace(/(from |import\()'(\.[^']+)\.ts'/g, (_, before, path) => `${before}'${path}.js'`)
  if (/'@lango\/|\.ts'/.test(text))
    throw new Error(`${relative(root, file)} still imports a workspace or a source`)
  writeFileSync(file, text)
}

function manifest() {
  const { name, version, license } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'))
  return {
    name,
    version,
    license,
    description:
      'Sign citizens in, raise signed invoices and verify notices at a Lango, eCitizen or Pesaflow gateway',
    keywords: ['ecitizen', 'pesaflow', 'mpesa', 'payments', 'oauth2', 'openid-connect', 'webhooks'],
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: { '.': { types: './dist/sdk/src/index.d.ts', default: './dist/sdk/src/index.js' } },
    files: ['dist'],
  }
}

/** Installs the tarball in an empty project and signs with it, as a merchant's first script would. */
function useIt() {
  const project = join(stage, 'merchant')
  mkdirSync(join(project, 'node_modules', '@lango', 'sdk'), { recursive: true })
  run(
    'tar',
    ['-xzf', tarball, '--strip-components=1', '-C', join(project, 'node_modules', '@lango', 'sdk')],
    stage,
  )
  writeFileSync(
    join(project, 'first.mjs'),
    `import { eCitizen, pesaflow } from '@lango/sdk'
const shop = pesaflow({ baseUrl: 'https://gate.example', apiClientId: '1', serviceId: '124', keys: { key: 'my-key', secret: 'my-secret' } })
const order = { reference: 'REF-01-2024-XVBC', amount: '100', description: 'Some invoice', payer: { name: 'John Doe', idNumber: '12345678', phone: '254700000000' }, notificationUrl: 'https://shop.example/ipn', successUrl: 'https://shop.example/ok' }
const { url } = await eCitizen({ baseUrl: 'https://gate.example', clientId: 'c', redirectUri: 'https://shop.example/back' }).authorizeUrl()
process.stdout.write((await shop.signCheckout(order)).secureHash + ' ' + new URL(url).pathname)
`,
  )
  const said = run(process.execPath, ['first.mjs'], project)
  const expected =
    'ZTFhNmZjMTJkZjNhYjZkMDM0YjE4ODhkZjYwYWVlOWZjYjkwYzgwYjBiMDJjNzg4ZWUyMTA4ZTA2NDNhNjIzNw== /oauth/authorize'
  if (said !== expected) throw new Error(`The packed SDK says ${said}`)
}
