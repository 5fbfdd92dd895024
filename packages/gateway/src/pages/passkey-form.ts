import { actions, button } from './ui/button.ts'
import { hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'

/** What a browser has to know to ask the device; how it does, pages/scripts/passkey.ts says. */
export type PasskeyAsk = {
  readonly challenge: string
  /** Our own host. */
  readonly rpId: string
  /** Keys that may answer; when a key is made, those that the device may have already. */
  readonly keys: readonly string[]
}

export type PasskeyForm = {
  readonly action: string
  readonly ask: PasskeyAsk
  readonly token: string
  readonly fields: Readonly<Record<string, string>>
  readonly label: string
  /** Said when the device gave nothing, and when it has a key already. */
  readonly trouble: string
  readonly known?: string
  readonly tone?: 'main' | 'quiet'
  /** Makes a key for this account instead of using one. */
  readonly create?: { readonly user: string; readonly name: string }
  /** Offers keys where the name is typed. */
  readonly conditional?: boolean
  readonly more?: Child
}

/** A form that a passkey answers. It is hidden until the script, without which it can do nothing, shows it. */
export function passkeyForm(props: PasskeyForm): Html {
  const { action, ask, token, fields, create } = props
  return html`<form
    method="post"
    action="${action}"
    hidden
    data-passkey="${create === undefined ? 'get' : 'create'}"
    data-challenge="${ask.challenge}"
    data-rp-id="${ask.rpId}"
    data-keys="${JSON.stringify(ask.keys)}"
    ${create === undefined ? null : html`data-user="${create.user}" data-name="${create.name}"`}
    ${props.conditional === true ? html`data-conditional` : null}
  >
    ${hidden('token', token)} ${hidden('challenge', ask.challenge)} ${hidden('response', '')}
    ${Object.entries(fields).map(([name, value]) => hidden(name, value))} ${props.more}
    ${actions(button({ label: props.label, tone: props.tone ?? 'quiet' }))}
    <p class="trouble" role="alert" data-trouble="none" hidden>${props.trouble}</p>
    ${
      props.known === undefined
        ? null
        : html`<p class="trouble" role="alert" data-trouble="known" hidden>${props.known}</p>`
    }
  </form>`
}
