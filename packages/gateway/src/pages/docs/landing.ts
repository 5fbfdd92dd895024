import type { Locale } from '../../base/locale.ts'
import { landingCopy } from '../copy/docs.ts'
import { actions, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { html, type Html } from '../ui/html.ts'
import type { Languages } from '../ui/language.ts'
import { layout } from '../ui/layout.ts'
import { gate } from '../ui/wordmark.ts'

export type Landing = {
  readonly locale: Locale
  readonly nonce: string
  readonly languages: Languages
  /** The demo shop's address; null outside the sandbox. */
  readonly shopUrl: string | null
}

/** What a newcomer meets at our address. */
export function landingPage({ locale, nonce, languages, shopUrl }: Landing): Html {
  const words = landingCopy[locale]
  const sandbox = shopUrl !== null
  const doors = [
    ...(shopUrl === null
      ? []
      : [
          { href: shopUrl, ...words.shop },
          { href: '/sandbox', ...words.sandbox },
        ]),
    { href: '/docs', ...words.docs },
    { href: '/account', ...words.account },
  ]
  return layout(
    { locale, title: words.title, nonce, wide: true, sandbox, languages },
    html`<div class="hero">
        <div>
          <h1>${words.title}</h1>
          <p class="lead">${words.lead}</p>
          ${
            sandbox
              ? actions(
                  linkButton({ label: words.tryIt, href: '/sandbox' }),
                  linkButton({ label: words.docs.title, href: '/docs', tone: 'quiet' }),
                )
              : actions(linkButton({ label: words.account.title, href: '/account' }))
          }
        </div>
        ${gate()}
      </div>
      <div class="grid two">
        ${doors.map(({ href, title, more }) =>
          card(
            { kind: 'gate' },
            html`<h2><a href="${href}">${title}</a></h2>
              <p class="soft">${more}</p>`,
          ),
        )}
      </div>`,
  )
}
