import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The path of pgbench; as root on Debian it is installed when it is missing. Null, after saying so, where it cannot be. */
export function findPgbench(say: (line: string) => void): string | null {
  const before = installed()
  if (before !== null) return before
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing postgresql with apt-get, for its pgbench (once)…')
    apt(['update', '-qq'])
    apt(['install', '-y', '-qq', '--no-install-recommends', 'postgresql'])
    const now = installed()
    if (now !== null) return now
  }
  say('!! pgbench is not here and could not be installed: the rows against it are NOT MEASURED.')
  return null
}

const debian = '/usr/lib/postgresql'

/** Debian keeps it by major version and puts a wrapper on the path; the newest itself is better than the wrapper. */
function installed(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const candidates = [...versions.map((version) => join(debian, version, 'bin/pgbench')), 'pgbench']
  return candidates.find((path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0) ?? null
}

function apt(given: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', [...given], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}
