/** Runs one sample as a developer would: its settings in the environment, its words on standard output. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import type { Call } from './calls.ts'
import type { Language } from './languages.ts'

export type Settings = Readonly<Record<string, string>>
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

const samples = fileURLToPath(new URL('../../../../docs/samples/', import.meta.url))

function sampleFile(language: Language, call: Call): string {
  return `${samples}${call}/${language.fileOf(call)}`
}

/** `input` is what a web server would hand over as the body of a request. */
export async function runSample(
  language: Language,
  call: Call,
  settings: Settings,
  input = '',
): Promise<Ran> {
  if (language.run === null) throw new Error(`nothing here runs ${language.label}`)
  const [program, ...words] = language.run
  const { PATH = '', HOME = '' } = process.env
  // Names and descriptions come as UTF-8, whatever the machine's language is.
  const env = { PATH, HOME, LC_ALL: 'C.UTF-8', ...settings }
  const child = spawn(program, [...words, sampleFile(language, call)], { env, timeout: 60_000 })
  child.stdin.on('error', () => undefined).end(input)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out: out.trim(), err: err.trim() }
}
