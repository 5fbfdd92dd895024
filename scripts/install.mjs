// Brings node_modules to what package-lock.json says, once, and shows that something is happening.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { bundledNode } from './node.mjs'

/** Returns at once when the installed packages are those of the lock file; otherwise runs `npm ci`. */
export async function ensureInstalled(root) {
  if (!existsSync(join(root, 'package-lock.json')))
    throw new Error(`there is no package-lock.json in ${root}.`)
  if (isInstalled(root)) return
  const release = await takeTurn(root)
  try {
    if (isInstalled(root)) return
    await npmCi(root)
    writeFileSync(marker(root), lockHash(root))
  } finally {
    release()
  }
}

const marker = (root) => join(root, 'node_modules/.lango-installed')

/** The platform belongs to it: a node_modules that was copied from another kind of machine holds the wrong binaries. */
function lockHash(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
}

function isInstalled(root) {
  if (existsSync(marker(root)) && readFileSync(marker(root), 'utf8') === lockHash(root)) return true
  if (!npmInstalledTheSame(root)) return false
  try {
    writeFileSync(marker(root), lockHash(root))
  } catch {
    // A checkout that somebody else owns can still be used; the comparison is merely made again next time.
  }
  return true
}

/** Whoever ran `npm ci` or `npm install` by hand needs no second one: npm notes what it installed. */
function npmInstalledTheSame(root) {
  if (!existsSync(noted(root))) return false
  const present = packagesOf(noted(root))
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json')))
  const isThere = ([path, { version, optional, link }]) =>
    !path.startsWith('node_modules/') ||
    link === true ||
    (present[path] === undefined ? optional === true : present[path].version === version)
  return wanted.every(isThere) && leftOut(root).length === 0
}

/**
 * The binary packages of this platform that npm did not install. It leaves them out without a word when the Node that
 * runs it is older than they like, although another Node will use them.
 */
function leftOut(root) {
  const present = packagesOf(noted(root))
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path, entry]) => present[path] === undefined && isBinaryForHere(entry))
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
}

function isBinaryForHere({ os, cpu, libc }) {
  if (os === undefined || cpu === undefined) return false
  return (
    os.includes(process.platform) &&
    cpu.includes(process.arch) &&
    (libc === undefined || libc.includes(ourLibc()))
  )
}

function ourLibc() {
  if (process.platform !== 'linux') return ''
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

const noted = (root) => join(root, 'node_modules/.package-lock.json')
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}

/** Two commands started at once in a fresh clone must not install over each other. */
async function takeTurn(root) {
  const lock = join(root, '.cache/installing')
  mkdirSync(dirname(lock), { recursive: true })
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = readHolder(lock)
    if (!isAlive(holder)) rmSync(lock, { force: true })
    else if (!told) console.error(`Waiting for process ${holder}, which is installing packages here…`)
    told = true
    await new Promise((wake) => setTimeout(wake, 300))
  }
}

function readHolder(lock) {
  try {
    return Number(readFileSync(lock, 'utf8')) || 0
  } catch {
    return 0
  }
}

function isAlive(pid) {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function npmCi(root) {
  const total = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(isForHere).length
  console.error('Installing packages (only after a fresh clone or an update; about a minute)…')
  const began = Date.now()
  const ticking = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000)
    console.error(`  … ${countPackages(root)} of about ${total} packages, ${seconds} s`)
  }, 5000)
  try {
    await runNpm(root, process.execPath)
    if (leftOut(root).length > 0) await npmCiByShippedNode(root)
  } finally {
    clearInterval(ticking)
  }
  console.error(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`)
}

async function npmCiByShippedNode(root) {
  const shipped = bundledNode(root)
  const aside = join(root, '.cache/node', basename(shipped))
  console.error(
    `${leftOut(root).length} packages want a newer Node; installing once more with the one that came along…`,
  )
  mkdirSync(dirname(aside), { recursive: true })
  // npm is about to remove the folder in which it lies.
  copyFileSync(shipped, aside)
  await runNpm(root, aside)
  const missing = leftOut(root)
  if (missing.length > 0) throw new Error(`npm left out ${missing.join(', ')}, which this platform needs.`)
}

/** Stands directly in node_modules on this kind of machine. */
function isForHere([path, { os, cpu }]) {
  const fits = (list, own) => list === undefined || list.includes(own)
  return path.lastIndexOf('node_modules/') === 0 && fits(os, process.platform) && fits(cpu, process.arch)
}

function countPackages(root) {
  try {
    const names = readdirSync(join(root, 'node_modules'))
    const scoped = names.filter((name) => name.startsWith('@'))
    const inScopes = scoped.map((name) => readdirSync(join(root, 'node_modules', name)).length)
    return names.length - scoped.length + inScopes.reduce((sum, n) => sum + n, 0)
  } catch {
    return 0
  }
}

function runNpm(root, node) {
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error']
  // Under `npm start` npm says where it lies itself; otherwise the one in PATH is used, which looks for its Node there.
  const own = process.env.npm_execpath
  const viaNode = own !== undefined && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)
  const [command, given] = viaNode ? [node, [own, ...args]] : ['npm', args]
  const child = spawn(command, given, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !viaNode && process.platform === 'win32',
    env: { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) },
  })
  return new Promise((done, failed) => {
    child.once('error', (error) =>
      failed(
        new Error(
          error.code === 'ENOENT' ? 'npm is needed to install packages and was not found.' : error.message,
        ),
      ),
    )
    child.once('exit', (code, signal) =>
      code === 0
        ? done(undefined)
        : failed(
            new Error(
              `"npm ci" ended with ${signal ?? `exit code ${code}`}: its own words stand above. Mend that and run the same command again.`,
            ),
          ),
    )
  })
}
