import { html, type Child, type Html } from './html.ts'

export type Step = {
  readonly label: Child
  readonly state: 'done' | 'now' | 'next' | 'failed'
  readonly more?: Child
}

const signs: Readonly<Record<Step['state'], string>> = { done: '✓', now: '', next: '', failed: '✕' }

/** How far something has come. The step that is being worked on is marked for screen readers too. */
export function steps(all: readonly Step[]): Html {
  return html`<ol class="steps">
    ${all.map(
      ({ label, state, more }) =>
        html`<li class="${state}" ${state === 'now' ? html`aria-current="step"` : null}>
          <span class="mark" aria-hidden="true">${signs[state]}</span>
          <div><span class="label">${label}</span>${more === undefined ? null : html`<p>${more}</p>`}</div>
        </li>`,
    )}
  </ol>`
}
