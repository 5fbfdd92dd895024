import type { Locale } from '../base/locale.ts'
import { endSessionCopy } from './copy/end-session.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'
import type { Languages } from './ui/language.ts'
import { layout } from './ui/layout.ts'
import { notice } from './ui/notice.ts'
import { plainly } from './ui/said.ts'

export type EndSessionProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  readonly languages: Languages
  readonly sandbox: boolean
  /** Who asks; null where nobody says so. */
  readonly applicationName: string | null
  readonly strayed: boolean
  /** Where the decision is posted. */
  readonly action: string
}

/** Asks before an application signs somebody out that does not show that she is its own. */
export function endSessionPage(props: EndSessionProps): Html {
  const { locale, nonce, languages, sandbox, applicationName } = props
  const words = endSessionCopy[locale]
  const title = words.title
  return layout(
    { locale, title, nonce, languages, sandbox },
    card(
      { kind: 'gate' },
      html`<h1>${title}</h1>
        <p>
          ${applicationName === null ? words.somebody : words.asks(plainly(applicationName))} ${words.all}
        </p>
        ${props.strayed ? notice({ tone: 'warn', title: words.strayed }) : null}
        <form method="post" action="${props.action}">
          ${hidden('token', props.token)}
          ${actions(
            button({ label: words.leave, name: 'decision', value: 'leave' }),
            linkButton({ label: words.stay, href: '/account', tone: 'quiet' }),
          )}
        </form>`,
    ),
  )
}
