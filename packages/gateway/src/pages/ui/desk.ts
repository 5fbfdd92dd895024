import type { Locale } from '../../base/locale.ts'
import { deskCopy } from '../copy/desk.ts'
import { field, hidden, select, textarea, type Field, type Select, type TextArea } from './field.ts'
import { html, type Child, type Html } from './html.ts'
import { layout, type NavLink } from './layout.ts'
import type { Languages } from './language.ts'
import { notice } from './notice.ts'

/** What every page of the console and of the operators' desk is given beside what it shows. */
export type Frame = {
  readonly locale: Locale
  readonly nonce: string
  /** For its forms; see http/csrf.ts. */
  readonly token: string
  readonly sandbox: boolean
  readonly languages: Languages
  /** Which sentence stands above the rest; a name that the page does not know says nothing. */
  readonly note: string
  /** Why what was just sent was not done. */
  readonly problem: Problem | null
  /** What was typed into a form that comes back; undefined where nothing was. */
  readonly typed: (name: string) => string | undefined
}

export type Problem = { readonly field: string | null; readonly code: string; readonly because: string }

export type DeskPage = {
  readonly title: string
  /** Stands above the title: whose page it is. */
  readonly above?: Child
  readonly nav?: readonly NavLink[]
  readonly tabs?: readonly NavLink[]
  readonly notes?: Readonly<Record<string, string>>
}

/** A page of a desk: navigation, what happened just now, and the rest. */
export function deskPage(frame: Frame, page: DeskPage, body: Child): Html {
  const { locale, nonce, sandbox, languages } = frame
  const { title, above, nav = [], tabs = [], notes = {} } = page
  return layout(
    { locale, title, nonce, sandbox, languages, nav, wide: true },
    html`${above === undefined ? null : html`<p class="above">${above}</p>`}
      <h1>${title}</h1>
      ${tabs.length === 0 ? null : deskTabs(locale, tabs)} ${happened(frame, notes)} ${body}`,
  )
}

function deskTabs(locale: Locale, tabs: readonly NavLink[]): Html {
  return html`<nav class="desk-tabs" aria-label="${deskCopy[locale].pages}">
    ${tabs.map(({ href, label, current }) => html`<a href="${href}" ${current === true ? html`aria-current="page"` : null}>${label}</a>`)}
  </nav>` // prettier-ignore -- one link a line would put blanks between them
}

/** The outcome of the last form, and what is wrong with it where no field of the page says so. */
function happened({ locale, note, problem }: Frame, notes: Readonly<Record<string, string>>): Child {
  const words = deskCopy[locale]
  if (problem !== null) {
    return notice({
      tone: 'bad',
      title: words.notDone,
      children: html`<p>${words.problems[problem.code] ?? null}</p>
        ${problem.because === '' ? null : because(problem.because)}`,
    })
  }
  const said = Object.hasOwn(words.notes, note)
    ? words.notes[note]
    : Object.hasOwn(notes, note)
      ? notes[note]
      : null
  if (said === null || said === undefined) return null
  return notice({ tone: note === 'expired' ? 'warn' : 'good', children: html`<p>${said}</p>` })
}

/** Reasons are the same sentences that programs are told, in English; a line each. */
function because(text: string): Html {
  const [first = '', ...more] = text.split('\n')
  return more.length === 0
    ? html`<p lang="en">${first}</p>`
    : html`<ul lang="en">
        ${[first, ...more].map((line) => html`<li>${line}</li>`)}
      </ul>`
}

export type DeskForm = {
  readonly action: string
  readonly frame: Frame
  /** With a file in it. */
  readonly files?: boolean
  readonly inLine?: boolean
}

export function deskForm({ action, frame, files = false, inLine = false }: DeskForm, body: Child): Html {
  return html`<form
    method="post"
    action="${action}"
    class="${inLine ? 'in-line' : ''}"
    ${files ? html`enctype="multipart/form-data"` : null}
  >
    ${hidden('token', frame.token)} ${body}
  </form>` // prettier-ignore -- the formatter breaks attributes apart
}

/** A form of one button: something is done to something. */
export function deskButton(form: DeskForm, fields: Readonly<Record<string, string>>, pressed: Child): Html {
  return deskForm(form, [Object.entries(fields).map(([name, value]) => hidden(name, value)), pressed])
}

/** Fields that show again what was typed, and what is wrong with it. */
export function deskField(frame: Frame, props: Field): Html {
  return field(frame.locale, { ...props, ...again(frame, props) })
}

export function deskSelect(frame: Frame, props: Select): Html {
  return select({ ...props, ...again(frame, props) })
}

export function deskArea(frame: Frame, props: TextArea): Html {
  return textarea(frame.locale, { ...props, ...again(frame, props) })
}

function again(
  { problem, typed, locale }: Frame,
  { name, value }: { readonly name: string; readonly value?: string },
) {
  const shown = typed(name) ?? value
  const wrong = problem?.field === name
  return {
    ...(shown === undefined ? {} : { value: shown }),
    ...(wrong ? { error: deskCopy[locale].mendThis } : {}),
  }
}

/** On to older entries, and back to the newest. */
export function pager(
  locale: Locale,
  { newest, older }: { readonly newest: string | null; readonly older: string | null },
): Child {
  if (newest === null && older === null) return null
  const words = deskCopy[locale]
  return html`<nav class="actions" aria-label="${words.paging}">
    ${newest === null ? null : html`<a class="button quiet" href="${newest}">${words.newest}</a>`}
    ${older === null ? null : html`<a class="button quiet" href="${older}" rel="next">${words.older}</a>`}
  </nav>`
}
