/** The languages of the samples, and how each is run on a machine that has it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Call } from './calls.ts'

export type Language = {
  /** As the tab in the documents says. */
  readonly label: string
  readonly fileOf: (call: Call) => string
  /** The program and its arguments before the file; null for what nothing here can run. */
  readonly run: readonly [string, ...string[]] | null
  /** What proves that this machine can run it: a command that succeeds, or a file that is there. */
  readonly needs: readonly (readonly [string, ...string[]] | { readonly file: string })[]
}

/** Elixir brings JSON since 1.18; Debian 12 has 1.14, and a library that reads and writes the same. */
const json = fileURLToPath(new URL('json.exs', import.meta.url))
const gson = '/usr/share/java/gson.jar'
/** A program of some lines is started, not optimized. */
const quickly = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

const camel = (call: string): string =>
  call.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

export const languages = {
  shell: {
    label: 'Shell',
    fileOf: (call) => `${call}.sh`,
    run: ['bash'],
    needs: [
      ['curl', '--version'],
      ['openssl', 'version'],
      ['jq', '--version'],
    ],
  },
  php: {
    label: 'PHP',
    fileOf: (call) => `${call}.php`,
    run: ['php'],
    needs: [['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);']],
  },
  elixir: {
    label: 'Elixir',
    fileOf: (call) => `${call}.exs`,
    run: ['elixir', '-r', json],
    needs: [['elixir', '-r', json, '-e', 'JSON.decode!("[]")']],
  },
  java: {
    label: 'Java',
    fileOf: (call) => `${camel(call)}.java`,
    run: ['java', ...quickly, '-cp', gson],
    needs: [['java', '--version'], { file: gson }],
  },
  python: {
    label: 'Python',
    fileOf: (call) => `${call}.py`,
    run: ['python3'],
    needs: [['python3', '--version']],
  },
  csharp: { label: 'C# (not executed)', fileOf: (call) => `${camel(call)}.cs`, run: null, needs: [] },
  typescript: { label: 'TypeScript', fileOf: (call) => `${call}.ts`, run: [process.execPath], needs: [] },
} as const satisfies Readonly<Record<string, Language>>

/** What this machine lacks to run a language, in words; null when it lacks nothing. */
export function lacking({ label, needs }: Language): string | null {
  const missing = needs.find((need) => !isThere(need))
  if (missing === undefined) return null
  const what = 'file' in missing ? missing.file : missing.join(' ')
  return `the samples in ${label} were not run: this machine lacks what makes "${what}" succeed`
}

function isThere(need: Language['needs'][number]): boolean {
  if ('file' in need) return existsSync(need.file)
  const [program, ...words] = need
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0
}
