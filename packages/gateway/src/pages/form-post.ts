import type { Locale } from '../base/locale.ts'
import { authorizationCopy } from './copy/authorization.ts'
import { actions, button } from './ui/button.ts'
import { card } from './ui/card.ts'
import { hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'
import { layout } from './ui/layout.ts'

export type FormPostProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly sandbox: boolean
  /** Where the answer goes; checked by then. */
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Carries an answer to the application in a form of its own; the button is for browsers without scripts. */
export function formPostPage({ locale, nonce, sandbox, action, fields }: FormPostProps): Html {
  const words = authorizationCopy[locale].back
  return layout(
    { locale, title: words.title, nonce, sandbox },
    card(
      { kind: 'gate' },
      html`<h1>${words.title}</h1>
        <p>${words.more}</p>
        <form method="post" action="${action}" id="answer">
          ${fields.map(([name, value]) => hidden(name, value))} ${actions(button({ label: words.on }))}
        </form>
        <script nonce="${nonce}">
          document.getElementById('answer').submit()
        </script>`,
    ),
  )
}
