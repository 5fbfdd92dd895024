// Finds a real Chromium for the browser tests, or installs one. Plain JavaScript, so that CI may call it as well:
// `node scripts/chromium.mjs` prints the path of the program.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
/** A Chromium inside an npm package, for machines where nothing can be installed system-wide. Linux x64 only. */
const packaged = { name: '@sparticuz/chromium', version: '153.0.0' }

/**
 * The path of a Chromium that starts. In order: LANGO_CHROMIUM, the system's, apt as root on Debian, an npm package.
 * Throws with everything that was tried.
 * @param {{ say?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 */
export async function findChromium({ say = () => undefined } = {}) {
  const tried = []
  for (const [what, find] of ways(say)) {
    try {
      const path = await find()
      if (path === null) continue
      const version = startedVersion(path)
      say(`Browser for the tests: ${version} (${what})`)
      return path
    } catch (error) {
      tried.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(
    `no Chromium could be found or installed for the browser tests.\n${tried.map((line) => `  ${line}\n`).join('')}` +
      'Install Chromium or Google Chrome, or name one with LANGO_CHROMIUM.',
  )
}

/** Each way gives a path, null when it does not apply here, or throws. */
function ways(say) {
  return [
    ['LANGO_CHROMIUM', () => process.env.LANGO_CHROMIUM || null],
    ['installed here', installed],
    ['apt-get install chromium', () => fromApt(say)],
    [`npm package ${packaged.name}`, () => fromNpm(say)],
  ]
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
]
const bundles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...bundles]
  return candidates.find(isProgram) ?? null
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function fromApt(say) {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null
  say('Installing Chromium with apt-get (once)…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { env })
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
    env,
  })
  const path = installed()
  if (path === null) throw new Error('apt-get succeeded and yet there is no chromium')
  return path
}

async function fromNpm(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = join(root, '.cache/chromium')
  const manifest = join(folder, 'package.json')
  mkdirSync(folder, { recursive: true })
  // Its own little package, or npm would look for the next one upwards, which is ours.
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n')
  const wanted = `${packaged.name}@${packaged.version}`
  if (!existsSync(join(folder, 'node_modules', packaged.name))) {
    say(`Installing ${wanted} into .cache (once)…`)
    run('npm', ['install', '--no-audit', '--no-fund', '--save-exact', '--prefix', folder, wanted], {
      cwd: folder,
    })
  }
  // On Lambda it unpacks the libraries that a bare machine lacks; AWS_LAMBDA_JS_RUNTIME makes it do so here too.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const entry = createRequire(manifest).resolve(packaged.name)
  // It unpacks into the temporary folder under a fixed name, where another user's may lie already.
  const before = process.env.TMPDIR
  process.env.TMPDIR = join(folder, 'unpacked')
  mkdirSync(process.env.TMPDIR, { recursive: true })
  try {
    const { default: chromium } = await import(pathToFileURL(entry).href)
    return await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function run(command, args, options) {
  // npm's own variables would send the inner npm to the outer one's project.
  const env = Object.fromEntries(
    Object.entries(options.env ?? process.env).filter(
      ([name]) => !/^npm_(config_(prefix|local_prefix|global)|package_|lifecycle_)/.test(name),
    ),
  )
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    ...options,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error !== undefined) throw error
  if (status === 0) return
  throw new Error(
    `"${command} ${args[0]}" ended with ${status}: ${`${stdout}\n${stderr}`.trim().split('\n').slice(-4).join(' / ')}`,
  )
}

/** A program that is there may still lack a library: only one that starts counts. */
function startedVersion(path) {
  const { status, error, stdout, stderr } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${path} does not start: ${stderr.trim().split('\n')[0]}`)
  return stdout.trim()
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(await findChromium({ say: (line) => console.error(line) }))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
