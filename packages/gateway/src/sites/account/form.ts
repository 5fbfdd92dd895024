import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { findSession } from '../../core/session/find-session.ts'
import type { Session } from '../../core/session/session.ts'
import { refusal, type Refusal, type RefusalCode } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { checkForm, sessionCookieOf } from '../../http/csrf.ts'
import { bodyFields, type Fields } from '../../http/fields.ts'
import { seeOther, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'

/** What every form of an account meets. */
export type FormNo = 'form_expired' | 'login_required' | 'field_invalid'

export type Form<Wanted, Done, R extends RefusalCode> = {
  /** What the form carries; null when it cannot be read. */
  readonly read: (fields: Fields) => Wanted | null
  /** What is done for the account that is signed in. */
  readonly act: (deps: Deps, session: Session, wanted: Wanted) => Promise<Result<Done, Refusal<R>>>
  readonly print: (done: Done, asked: Asked, deps: Deps) => Reply
  readonly refuse: Refuse<R | FormNo>
}

type Command<Wanted> = { readonly cookie: string | undefined; readonly wanted: Wanted }

/** A form of an account's pages: its token is checked, its owner is signed in, and then it is done. */
export function form<Wanted, Done, R extends RefusalCode>(path: string, parts: Form<Wanted, Done, R>): Route {
  return route<Command<Wanted>, Done, R | FormNo>('POST', path, {
    budget: 'page',
    parse: (asked, deps) => {
      const wanted = readForm(deps, asked, parts.read)
      return wanted.ok ? ok({ cookie: sessionCookieOf(deps, asked), wanted: wanted.value }) : wanted
    },
    run: async (deps, { cookie, wanted }): Promise<Result<Done, Refusal<R | FormNo>>> => {
      const session = await findSession(deps, cookie)
      return session === null ? no(refusal('login_required')) : await parts.act(deps, session, wanted)
    },
    print: parts.print,
    refuse: parts.refuse,
  })
}

function readForm<Wanted>(
  deps: Deps,
  asked: Asked,
  read: (fields: Fields) => Wanted | null,
): Result<Wanted, Refusal<'form_expired' | 'field_invalid'>> {
  const fields = bodyFields(asked)
  if (!fields.ok || !checkForm(deps, asked, fields.value.get('token'))) return no(refusal('form_expired'))
  const wanted = read(fields.value)
  return wanted === null ? no(refusal('field_invalid')) : ok(wanted)
}

/** Sign in, and come back. */
export function toSignIn(next: string): Reply {
  return seeOther(`/signin?next=${encodeURIComponent(next)}`)
}

export function uuidOf(text: string | undefined): string | null {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null
}
