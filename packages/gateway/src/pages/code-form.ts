import type { Locale } from '../base/locale.ts'
import { codeCopy, type CodeNote } from './copy/code.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import type { Languages } from './ui/language.ts'
import { notice } from './ui/notice.ts'

/** What every page on the way in is given. */
export type GateProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  /** Where to go afterwards; on our own origin. */
  readonly next: string
  readonly languages: Languages
  readonly sandbox: boolean
}

export type CodeProps = {
  /** The name of the code. */
  readonly id: string
  readonly note?: CodeNote
  /** Seconds until another message can be sent. */
  readonly wait?: number
}

export type CodeForm = Pick<GateProps, 'locale' | 'token' | 'next' | 'sandbox'> &
  CodeProps & {
    /** Where the digits go. */
    readonly action: string
    /** Where another code is asked for: by a form, or on a page that asks everything again. */
    readonly resend: { readonly form: string } | { readonly page: string }
  }

/** Asks for the six digits of a message, and offers another one. */
export function codeForm({ locale, token, next, sandbox, id, action, resend, note, wait }: CodeForm): Html {
  const words = codeCopy[locale]
  const kept = html`${hidden('token', token)} ${hidden('next', next)} ${hidden('id', id)}`
  return html`${codeNotice(locale, note, wait)}
    <form method="post" action="${action}">
      ${kept}
      ${field(locale, {
        name: 'code',
        label: words.code,
        hint: words.codeHint,
        autocomplete: 'one-time-code',
        inputmode: 'numeric',
        maxlength: 12,
        autofocus: true,
      })}
      ${actions(button({ label: words.submit }))}
    </form>
    ${sandbox ? sandboxLine(locale) : null}
    <p class="soft small">${words.resendMore}</p>
    ${
      'page' in resend
        ? actions(linkButton({ label: words.resend, href: resend.page, tone: 'quiet' }))
        : html`<form method="post" action="${resend.form}">
            ${kept} ${button({ label: words.resend, tone: 'quiet' })}
          </form>`
    }`
}

export function codeNotice(locale: Locale, note?: CodeNote, wait?: number): Child {
  const words = codeCopy[locale]
  if (wait !== undefined) {
    const time = wait < 90 ? words.seconds(wait) : words.minutes(Math.ceil(wait / 60))
    return notice({ tone: 'warn', title: words.waitTitle, children: html`<p>${words.wait(time)}</p>` })
  }
  if (note === undefined) return null
  const { title, more } = words.notes[note]
  return notice({ tone: note === 'again' ? 'good' : 'bad', title, children: html`<p>${more}</p>` })
}

function sandboxLine(locale: Locale): Html {
  const words = codeCopy[locale]
  const link = html`<a href="/sandbox/messages" target="_blank" rel="noopener">${words.sandboxLink}</a>`
  return html`<p class="soft small">${words.sandbox} ${link}</p>`
}
