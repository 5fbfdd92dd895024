import type { Locale } from '../../base/locale.ts'
import { frameCopy } from '../copy/frame.ts'
import { html, type Child, type Html } from './html.ts'

export type Field = {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'number' | 'search' | 'url' | 'date'
  readonly value?: string
  readonly hint?: string
  /** What is wrong with what was sent, in words. */
  readonly error?: string
  /** Default: required. `said`: the hint says that it may stay empty. */
  readonly optional?: boolean | 'said'
  /** WHATWG autofill names, such as `username`, `current-password`, `tel`. */
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email'
  readonly maxlength?: number
  readonly autofocus?: boolean
  /** Distinguishes fields of one name on one page. */
  readonly id?: string
}

/** A labelled input, its hint and what is wrong with it; a screen reader hears all three together. */
export function field(locale: Locale, props: Field): Html {
  const id = props.id ?? `field-${props.name}`
  const type = props.type ?? 'text'
  return html`<div class="field${props.error === undefined ? '' : ' wrong'}">
    <label for="${id}">${props.label}${props.optional === true ? optionalMark(locale) : null}</label>
    ${props.hint === undefined ? null : html`<p class="hint" id="${id}-hint">${props.hint}</p>`}
    <input
      id="${id}"
      name="${props.name}"
      type="${type}"
      value="${type === 'password' ? '' : (props.value ?? '')}"
      ${props.maxlength === undefined ? null : html`maxlength="${props.maxlength}"`}
      ${props.autocomplete === undefined ? null : html`autocomplete="${props.autocomplete}"`}
      ${props.inputmode === undefined ? null : html`inputmode="${props.inputmode}"`}
      ${described(id, props)}
      ${props.optional === true || props.optional === 'said' ? null : html`required`}
      ${props.autofocus === true ? html`autofocus` : null}
    />
    ${props.error === undefined ? null : html`<p class="error" id="${id}-error">${props.error}</p>`}
  </div>`
}

export type Choice = { readonly value: string; readonly label: string }

export type Select = {
  readonly name: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value?: string
  readonly hint?: string
  readonly error?: string
  readonly id?: string
}

export function select(props: Select): Html {
  const id = props.id ?? `field-${props.name}`
  return html`<div class="field${props.error === undefined ? '' : ' wrong'}">
    <label for="${id}">${props.label}</label>
    ${props.hint === undefined ? null : html`<p class="hint" id="${id}-hint">${props.hint}</p>`}
    <select id="${id}" name="${props.name}" ${described(id, props)}>
      ${props.choices.map(
        ({ value, label }) =>
          html`<option value="${value}" ${value === props.value ? html`selected` : null}>${label}</option>`,
      )}
    </select>
    ${props.error === undefined ? null : html`<p class="error" id="${id}-error">${props.error}</p>`}
  </div>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

function described(id: string, { hint, error }: { readonly hint?: string; readonly error?: string }): Child {
  const by = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`]
    .filter((each) => each !== null)
    .join(' ')
  return [
    by === '' ? null : html`aria-describedby="${by}" `,
    error === undefined ? null : html`aria-invalid="true"`,
  ]
}

function optionalMark(locale: Locale): Html {
  return html` <span class="optional">(${frameCopy[locale].optional})</span>`
}
