/** What the console and the operators' desk are built of: screens for somebody who is signed in, and their forms. */
import type { Locale } from '../base/locale.ts'
import { no, ok, type Result } from '../base/result.ts'
import { instant, type Instant } from '../base/time.ts'
import type { Deps } from '../core/deps.ts'
import type { Account } from '../core/account/account.ts'
import { viewSignedIn, type SignedInNow } from '../core/session/view-session.ts'
import type { Operator } from '../core/organization/member.ts'
import { refusal, type Refusal, type RefusalCode } from '../core/refusal.ts'
import type { Asked } from '../http/asked.ts'
import { checkForm, formToken, sessionCookieOf } from '../http/csrf.ts'
import { bodyFields, queryFields } from '../http/fields.ts'
import { freshNonce, page, type Markup } from '../http/html.ts'
import { keepLanguage, languageOf } from '../http/locale.ts'
import { seeOther, type Reply } from '../http/reply.ts'
import { route, type Method, type Route } from '../http/route.ts'
import { addressNow, isLevelCode, keptField, toConfirm, withReason } from '../http/step-up.ts'
import { deskCopy } from '../pages/copy/desk.ts'
import { pickLocale } from '../pages/copy/locale.ts'
import { faultPage } from '../pages/fault.ts'
import type { Frame, Problem } from '../pages/ui/desk.ts'
import { languagesOf } from '../pages/ui/language.ts'

/** Who is here, and what the address says. Absent texts are empty. */
export type Here = {
  readonly account: Account
  readonly asker: Operator
  readonly param: (name: string) => string
  readonly query: (name: string) => string
  readonly asked: Asked
}

/** A page: what it needs, and how it looks. */
export type Screen<View> = {
  /** With `:names`, as the router writes them. */
  readonly path: string
  readonly load: (deps: Deps, here: Here) => Promise<Result<View, Refusal>>
  readonly page: (view: View, frame: Frame) => Markup
}

/** A form's texts, trimmed; absent ones are empty. */
export type Sent = {
  readonly text: (name: string) => string
  readonly has: (name: string) => boolean
  readonly file: (name: string) => Uint8Array | null
}

/** Where a form leads when it was done: on to a page, or to one that is shown this once. */
export type Next =
  | string
  | { readonly to: string; readonly headers: Reply['headers'] }
  | { readonly once: (frame: Frame) => Markup }

export type Action = {
  readonly path: string
  /** Does it. A refusal shows the form's screen again, with what was typed and why it was not done. */
  readonly act: (deps: Deps, here: Here, sent: Sent) => Promise<Result<Next, Refusal>>
}

export function screenRoutes<View>(screen: Screen<View>, actions: readonly Action[] = []): readonly Route[] {
  return [
    desk('GET', screen.path, async (deps, here) => {
      const view = await screen.load(deps, here)
      return view.ok ? show(deps, here, { screen, view: view.value }) : refuse(deps, here, view.refusal)
    }),
    ...actions.map(({ path, act }) =>
      desk('POST', path, async (deps, here) => {
        const sent = readSent(deps, here.asked)
        if (sent === null) return seeOther(`${addressOf(screen.path, here)}?note=expired`)
        const done = await act(deps, here, sent)
        if (done.ok) return next(deps, here, done.value)
        const back = withReason(addressOf(screen.path, here), sent.text(keptField))
        if (!isMendable(done.refusal)) return refuse(deps, here, done.refusal, back)
        const view = await screen.load(deps, here)
        if (!view.ok) return refuse(deps, here, view.refusal)
        return show(deps, here, { screen, view: view.value, problem: done.refusal, sent })
      }),
    ),
  ]
}

/** An answer that is no page: a file, an export. */
export function deskFile(
  path: string,
  give: (deps: Deps, here: Here) => Promise<Result<Reply, Refusal>>,
): Route {
  return desk('GET', path, async (deps, here) => {
    const given = await give(deps, here)
    return given.ok ? given.value : refuse(deps, here, given.refusal)
  })
}

type Answer = (deps: Deps, here: Here) => Promise<Reply>

function desk(method: Method, path: string, answer: Answer): Route {
  return route<Asked, Reply, never>(method, path, {
    budget: 'page',
    parse: (asked) => ok(asked),
    run: async (deps, asked) => {
      const signedIn = await viewSignedIn(deps, sessionCookieOf(deps, asked))
      if (signedIn === null) return ok(toSignIn(method === 'GET' ? asked : null))
      return ok(await answer(deps, hereOf(asked, signedIn)))
    },
    print: (reply) => reply,
    refuse: {},
  })
}

function hereOf(asked: Asked, { account, session }: SignedInNow): Here {
  const query = queryFields(asked)
  return {
    account,
    asker: { accountId: account.id, requestId: asked.id, session },
    param: (name) => asked.params[name] ?? '',
    query: (name) => (query.ok ? (query.value.get(name) ?? '') : '').trim(),
    asked,
  }
}

/** Somebody who is not signed in comes back to the page, never to a form that would then be sent by itself. */
function toSignIn(asked: Asked | null): Reply {
  const next = asked === null ? '/console' : addressNow(asked)
  return seeOther(`/signin?next=${encodeURIComponent(next)}`)
}

function readSent(deps: Deps, asked: Asked): Sent | null {
  const fields = bodyFields(asked)
  if (!fields.ok || !checkForm(deps, asked, fields.value.get('token'))) return null
  const files = asked.body.kind === 'form' ? asked.body.files : undefined
  return {
    text: (name) => (fields.value.get(name) ?? '').trim(),
    has: (name) => fields.value.has(name),
    file: (name) => files?.get(name) ?? null,
  }
}

type Shown<View> = {
  readonly screen: Screen<View>
  readonly view: View
  readonly problem?: Refusal
  readonly sent?: Sent
}

function show<View>(deps: Deps, here: Here, { screen, view, problem, sent }: Shown<View>): Reply {
  const status = problem === undefined ? 200 : problem.code === 'too_many_tries' ? 429 : 422
  return printed(
    deps,
    here,
    { status, problem: problem ?? null, sent: sent ?? null, at: addressOf(screen.path, here) },
    (frame) => screen.page(view, frame),
  ) // prettier-ignore -- one call, read as one
}

function next(deps: Deps, here: Here, to: Next): Reply {
  if (typeof to === 'string') return seeOther(to)
  if ('to' in to) return seeOther(to.to, to.headers)
  return printed(deps, here, { status: 200, problem: null, sent: null, at: here.asked.path }, to.once)
}

type Printed = {
  readonly status: number
  readonly problem: Refusal | null
  readonly sent: Sent | null
  readonly at: string
}

function printed(
  deps: Deps,
  here: Here,
  { status, problem, sent, at }: Printed,
  render: (frame: Frame) => Markup,
): Reply {
  const { asked } = here
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const query = asked.method === 'GET' ? Object.fromEntries(asked.query) : {}
  const markup = render({
    locale: localeOf(deps, here),
    nonce,
    token,
    sandbox: deps.mode === 'sandbox',
    languages: languagesOf(at, query),
    note: here.query('note'),
    problem: problem === null ? null : problemOf(problem),
    typed: (name) => typedOf(here, sent, name),
  })
  const cookies = [...(setCookie === null ? [] : [setCookie]), ...keepLanguage(deps, asked)]
  const headers = {
    ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    ...(problem?.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
  }
  return page(status, markup, { nonce, headers })
}

function problemOf({ code, field, because }: Refusal): Problem {
  return { code, field: field ?? null, because: because ?? '' }
}

function localeOf(deps: Deps, { asked, account }: Here): Locale {
  const [, chosen] = languageOf(deps, asked)
  return pickLocale('', chosen === '' ? account.locale : chosen)
}

/** What was typed; after a way round, the reason that came along in the address. */
function typedOf(here: Here, sent: Sent | null, name: string): string | undefined {
  if (sent !== null) return sent.has(name) ? sent.text(name) : undefined
  return name === keptField && here.query(name) !== '' ? here.query(name) : undefined
}

/** What the form itself can mend; the rest leads elsewhere. */
const unmendable: ReadonlySet<RefusalCode> = new Set(['not_found', 'role_forbids', 'login_required'])

function isMendable({ code }: Refusal): boolean {
  return !unmendable.has(code) && !isLevelCode(code)
}

function refuse(
  deps: Deps,
  here: Here,
  { code, because, field = '' }: Refusal,
  back = addressNow(here.asked),
): Reply {
  if (isLevelCode(code)) return toConfirm(code, back)
  const nonce = freshNonce(deps)
  const locale = localeOf(deps, here)
  const on = { href: '/console', label: deskCopy[locale].toConsole }
  const status = code === 'role_forbids' ? 403 : 404
  const words = deskCopy[locale]
  const more =
    code === 'role_forbids' && because !== undefined
      ? { title: words.forbidden, more: because }
      : code === 'not_found' && Object.hasOwn(words.gone, field)
        ? words.gone[field]
        : {}
  return page(status, faultPage({ locale, nonce, status, on, ...more }), { nonce })
}

/** The screen's address with this request's parameters in it. */
function addressOf(path: string, { param }: Here): string {
  return path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(param(name)))
}

/** A name that the address carries, when it is a UUID; anything else names nothing of ours. */
export function uuidParam(here: Here, name: string): Result<string, Refusal<'not_found'>> {
  const text = here.param(name)
  return isUuid(text) ? ok(text) : no(refusal('not_found', { field: name }))
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** A list is paged by its last row: `?before=1700000000000_0190…`. */
type Key = { readonly at: Instant; readonly id: string }

/** The row behind which this page begins; null for the newest. */
export function readKey(here: Here): Key | null {
  const [, ms, id = ''] = /^([0-9]{1,14})_([!-~]{1,200})$/.exec(here.query('before')) ?? []
  return ms === undefined ? null : { at: instant(Number(ms)), id }
}

/** The same where rows are named by UUIDs. */
export function readCursor(here: Here): Key | null {
  const key = readKey(here)
  return key !== null && isUuid(key.id) ? key : null
}

/** Where older rows are and where the newest, with the filters that were asked for. */
export function older(
  here: Here,
  rows: readonly Key[],
  most: number,
): { readonly newest: string | null; readonly older: string | null } {
  const last = rows.length < most ? undefined : rows.at(-1)
  const filters = here.asked.query.filter(
    ([name, value]) => name !== 'before' && name !== 'note' && value !== '',
  )
  const at = (before: readonly (readonly [string, string])[]): string => {
    const query = new URLSearchParams(
      [...filters, ...before].map(([name, value]): [string, string] => [name, value]),
    )
    return query.size === 0 ? here.asked.path : `${here.asked.path}?${query.toString()}`
  }
  return {
    newest: readKey(here) === null ? null : at([]),
    older: last === undefined ? null : at([['before', `${last.at.epochMs}_${last.id}`]]),
  }
}
