import { html, type Child, type Html } from './html.ts'

export type Notice = {
  /** `bad` interrupts a screen reader, the others wait their turn. */
  readonly tone: 'good' | 'bad' | 'warn' | 'info'
  readonly title?: string
  readonly children?: Child
  readonly id?: string
}

const signs: Readonly<Record<Notice['tone'], string>> = { good: '✓', bad: '!', warn: '!', info: 'i' }

/** A message in a frame of its own. The tone is in its sign and words too, never in its colour alone. */
export function notice({ tone, title, children, id }: Notice): Html {
  return html`<div class="notice ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}" ${id === undefined ? null : html`id="${id}"`}>
    <span class="sign" aria-hidden="true">${signs[tone]}</span>
    <div>${title === undefined ? null : html`<p class="title">${title}</p>`}${children}</div>
  </div>` // prettier-ignore
}
