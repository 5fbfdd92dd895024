import { spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { EmbeddedFault } from './fault.ts'

/** How a program that refuses to run as root is run here. */
export type RunAs = {
  /** Stands before the program and its arguments. */
  readonly prefix: readonly string[]
  /** Whether the program is told to shut down when this process dies. */
  readonly diesWithParent: boolean
  /** Gives a folder to the user that the program runs as. */
  readonly own: (folder: string) => void
}

type Candidate = {
  readonly prefix: readonly string[]
  readonly diesWithParent: boolean
  readonly nobody?: true
}

const nobody = 65534
const namespaced = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]
const demoted = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
/** A change of credentials clears the signal, so this always stands last. */
const mortal = dyingBy('INT')

/** In order of preference: in a user namespace the files stay root's own, and nothing has to be given away. */
const asRoot: readonly Candidate[] = [
  { prefix: [...namespaced, ...mortal], diesWithParent: true },
  { prefix: namespaced, diesWithParent: false },
  { prefix: [...demoted, ...mortal], diesWithParent: true, nobody: true },
  { prefix: demoted, diesWithParent: false, nobody: true },
]
const asUser: readonly Candidate[] = [
  { prefix: mortal, diesWithParent: true },
  { prefix: [], diesWithParent: false },
]

/** Stands before a command that is to get this signal when our process dies; nothing where that cannot be asked for. */
export function mortalPrefix(signal: 'INT' | 'TERM'): readonly string[] {
  const candidate = located({ prefix: dyingBy(signal), diesWithParent: true })
  return works(candidate) ? candidate.prefix : []
}

function dyingBy(signal: 'INT' | 'TERM'): readonly string[] {
  return ['setpriv', '--pdeathsig', signal]
}

/** Tries the ways, best first; throws `not-allowed` when root finds none (a container that forbids all of them). */
export function howToRun(): RunAs {
  const isRoot = process.getuid?.() === 0
  const found = (isRoot ? asRoot : asUser).map(located).find(works)
  if (found === undefined) {
    throw new EmbeddedFault(
      'not-allowed',
      'PostgreSQL refuses to run as root, and neither "unshare --user" nor "setpriv --reuid" works here. ' +
        'Run the same command as an ordinary user, or set DATABASE_URL.',
    )
  }
  return {
    prefix: found.prefix,
    diesWithParent: found.diesWithParent,
    own: (folder) => {
      if (found.nobody === true) chownSync(folder, nobody, nobody)
    },
  }
}

/** With the programs' full paths: what is run gets an environment of its own, without a PATH. */
function located(candidate: Candidate): Candidate {
  return { ...candidate, prefix: candidate.prefix.map((word) => (isProgram(word) ? locate(word) : word)) }
}

const isProgram = (word: string): boolean => word === 'unshare' || word === 'setpriv'

function locate(program: string): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' })
  return stdout.trim() || program
}

function works({ prefix }: Candidate): boolean {
  const [command, ...rest] = prefix
  if (command === undefined) return true
  return spawnSync(command, [...rest, 'true'], { stdio: 'ignore' }).status === 0
}
