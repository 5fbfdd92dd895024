import type { GateProps } from './code-form.ts'
import { removalCopy } from './copy/removal.ts'
import { gate } from './gate.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { hidden } from './ui/field.ts'
import { html, type Html } from './ui/html.ts'

export type StopState = 'ask' | 'expired' | 'stopped' | 'gone'

/** Where the owner of an account says that she lost nothing. */
export function stopPage(props: GateProps & { readonly key: string; readonly state: StopState }): Html {
  const { locale, token, key, state } = props
  const words = removalCopy[locale]
  if (state === 'stopped' || state === 'gone') {
    const { title, more } = words.ended[state]
    return gate(
      props,
      title,
      html`<p>${more}</p>
        ${actions(linkButton({ label: words.security, href: '/account/security', tone: 'quiet' }))}`,
    )
  }
  return gate(
    props,
    words.stopTitle,
    html`${state === 'expired' ? html`<p role="alert">${words.expired}</p>` : null}
      <p>${words.stopLead}</p>
      <form method="post" action="/recover/stop">
        ${hidden('token', token)} ${hidden('key', key)} ${actions(button({ label: words.stop }))}
      </form>
      <p class="soft">${words.stopMore}</p>`,
  )
}
