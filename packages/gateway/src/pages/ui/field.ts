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

export type TextArea = Pick<Field, 'name' | 'label' | 'value' | 'hint' | 'error' | 'optional' | 'id'> & {
  readonly rows?: number
}

/** Several lines: addresses, one a line. */
export function textarea(locale: Locale, props: TextArea): Html {
  const id = props.id ?? `field-${props.name}`
  return html`<div class="field${props.error === undefined ? '' : ' wrong'}">
    <label for="${id}">${props.label}${props.optional === true ? optionalMark(locale) : null}</label>
    ${props.hint === undefined ? null : html`<p class="hint" id="${id}-hint">${props.hint}</p>`}
    <textarea
      id="${id}"
      name="${props.name}"
      rows="${props.rows ?? 4}"
      spellcheck="false"
      ${described(id, props)}
      ${props.optional === undefined ? html`required` : null}
    >
${props.value ?? ''}</textarea>
    ${props.error === undefined ? null : html`<p class="error" id="${id}-error">${props.error}</p>`}
  </div>` // prettier-ignore -- a line break inside the element would be part of its text
}

export type Checkbox = {
  readonly name: string
  readonly label: Child
  readonly checked: boolean
  readonly hint?: Child
  readonly id?: string
}

/** Sends `on` when it is ticked, and nothing otherwise. */
export function checkbox({ name, label, checked, hint, id = `field-${name}` }: Checkbox): Html {
  return html`<div class="check">
    <input
      type="checkbox"
      id="${id}"
      name="${name}"
      value="on"
      ${checked ? html`checked` : null}
      ${hint === undefined ? null : html`aria-describedby="${id}-hint"`}
    />
    <div>
      <label for="${id}">${label}</label
      >${hint === undefined ? null : html`<p class="hint" id="${id}-hint">${hint}</p>`}
    </div>
  </div>` // prettier-ignore -- the formatter breaks attributes apart
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
