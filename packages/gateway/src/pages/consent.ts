import type { Locale } from '../base/locale.ts'
import { consentCopy } from './copy/consent.ts'
import { actions, button } from './ui/button.ts'
import { card } from './ui/card.ts'
import { faceLogo, type Face } from './ui/face.ts'
import { hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'
import { plainly, said } from './ui/said.ts'

export type ConsentProps = {
  readonly locale: Locale
  readonly face: Face | null
  readonly applicationName: string
  readonly organizationName: string
  readonly accountName: string
  /** What it will see, each in the reader's words: all of it, and nothing beside it. */
  readonly items: readonly string[]
  /** Where the decision is posted. */
  readonly action: string
  readonly hidden: readonly (readonly [name: string, value: string])[]
  readonly token: string
}

/** The heading of the consent page; its title too. */
export function consentTitle({
  locale,
  applicationName,
}: Pick<ConsentProps, 'locale' | 'applicationName'>): string {
  return consentCopy[locale].title(plainly(applicationName))
}

/** Who asks, for what, and of whom. The body of a page: its caller puts it into the layout. */
export function consentPage(props: ConsentProps): Html {
  const words = consentCopy[props.locale]
  return card(
    { kind: 'gate' },
    html`${faceLogo(props.face)}
      <h1>${consentTitle(props)}</h1>
      <p>${words.by} <strong>${said(props.organizationName)}</strong>.</p>
      <h2>${words.sees}</h2>
      <ul>
        ${props.items.map((item) => html`<li>${item}</li>`)}
      </ul>
      <p>${words.as} <strong>${said(props.accountName)}</strong>.</p>
      <form method="post" action="${props.action}">
        ${hidden('token', props.token)} ${props.hidden.map(([name, value]) => hidden(name, value))}
        ${actions(
          button({ label: words.proceed, name: 'decision', value: 'proceed' }),
          button({ label: words.back, name: 'decision', value: 'back', tone: 'quiet' }),
        )}
      </form>
      <p class="soft small">${words.later}</p>`,
  )
}
