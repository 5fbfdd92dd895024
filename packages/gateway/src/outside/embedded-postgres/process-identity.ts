import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'

/**
 * What tells this run of a process from another that was later given the same number; null when there is no such
 * process. On Linux the boot and the tick at which it began, elsewhere the time at which it began.
 */
export function processIdentity(pid: number): string | null {
  if (!isAlive(pid)) return null
  if (process.platform === 'linux') {
    return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${statFields(pid)[19] ?? ''}`
  }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return ps.status === 0 ? ps.stdout.trim() : String(pid)
}

/**
 * Whether this process is the PostgreSQL that serves `folder`: its main process works in that folder. Null where
 * the operating system does not tell.
 */
export function worksIn(pid: number, folder: string): boolean | null {
  if (processIdentity(pid) === null) return false
  if (process.platform !== 'linux') return null
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch {
    return null
  }
}

/** A process that has ended counts as gone although nobody has reaped it: the first process of a container often never does. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  // No state: it was reaped between the two looks.
  return !['', 'Z', 'X'].includes(statFields(pid)[0] ?? '')
}

/** From the third field of /proc/PID/stat on: its state, …, at index 19 when it began. Empty where there is none. */
function statFields(pid: number): readonly string[] {
  const stat = readOrNull(`/proc/${pid}/stat`) ?? ''
  // The second field is the program's name in brackets and may itself hold blanks and brackets.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
