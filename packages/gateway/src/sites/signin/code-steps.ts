/** The step between asking for a code and what it is good for, alike for registration and recovery. */
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { browserKey } from '../../http/csrf.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import type { Refuse } from '../../http/route.ts'
import type { CodeNote } from '../../pages/copy/code.ts'
import { addressOf, fieldOf, nextOf } from './asked-fields.ts'
import { codeIdOf, readBrowser } from './gate.ts'

/** A code that this browser asked for. */
export type Held = { readonly id: string; readonly browser: string }

export type CodeNo = 'form_expired' | 'cookies_blocked' | 'code_wrong' | 'code_gone'

export function readHeld(asked: Asked, deps: Deps): Result<Held, Refusal<'code_gone'>> {
  const [id, browser] = [codeIdOf(asked), browserKey(deps, asked)]
  return id === null || browser === null ? no(refusal('code_gone')) : ok({ id, browser })
}

export function readTyped(
  asked: Asked,
  deps: Deps,
): Result<Held & { readonly typed: string }, Refusal<Exclude<CodeNo, 'code_wrong'>>> {
  const browser = readBrowser(deps, asked)
  if (!browser.ok) return browser
  const held = readHeld(asked, deps)
  return held.ok ? ok({ ...held.value, typed: fieldOf(asked, 'code') ?? '' }) : held
}

const codeNotes: readonly CodeNote[] = ['wrong', 'expired', 'again']
const startNotes: readonly CodeNote[] = ['gone', 'cookies']

/** What a code's page has to say, as the redirect to it told: a note, or how long another message has to wait. */
export function codeSaid(asked: Asked): { readonly note?: CodeNote; readonly wait?: number } {
  const wait = /^[1-9]\d{0,5}$/.exec(fieldOf(asked, 'wait') ?? '')?.[0]
  if (wait !== undefined) return { wait: Number(wait) }
  const note = codeNotes.find((each) => each === fieldOf(asked, 'note'))
  return note === undefined ? {} : { note }
}

/** The same for the page where everything begins. */
export function startSaid(asked: Asked): { readonly codeNote?: CodeNote } {
  const note = startNotes.find((each) => each === fieldOf(asked, 'note'))
  return note === undefined ? {} : { codeNote: note }
}

/** Every no leads on: to the digits again, or to the page where another code is asked for. */
export function refuseCode(path: string): Refuse<CodeNo> {
  return {
    form_expired: (_refused, asked) => toCode(path, asked, { note: 'expired' }),
    cookies_blocked: (_refused, asked) => toStart(path, asked, 'cookies'),
    code_wrong: (_refused, asked) => toCode(path, asked, { note: 'wrong' }),
    code_gone: (_refused, asked) => toStart(path, asked, 'gone'),
  }
}

/** Another message has to wait; the one on its way still counts. */
export function backToCode(path: string, asked: Asked, wait: number): Reply {
  const reply = toCode(path, asked, { wait: String(wait) })
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(wait) } }
}

export function startOver(path: string, asked: Asked): Reply {
  return toStart(path, asked, 'gone')
}

function toCode(path: string, asked: Asked, said: Readonly<Record<string, string>>): Reply {
  return seeOther(addressOf(`${path}/code`, { id: codeIdOf(asked) ?? '', next: nextOf(asked), ...said }))
}

function toStart(path: string, asked: Asked, note: CodeNote): Reply {
  return seeOther(addressOf(path, { next: nextOf(asked), note }))
}
