import { sandboxCopy } from '../copy/sandbox.ts'
import { html, type Html } from '../ui/html.ts'

/** A secure hash worked out, so that a reader can follow each step with her own code. */
export type WorkedHash = {
  /** What is joined, in order. */
  readonly parts: readonly { readonly field: string; readonly value: string }[]
  /** Whether the secret follows the last value. It is never shown. */
  readonly secretAppended: boolean
  readonly hex: string
  readonly base64: string
  /** What came with the message; null when the message is ours. */
  readonly given: string | null
}

const words = sandboxCopy.hash

export function hashSteps(hash: WorkedHash): Html {
  return html`<ol class="hash-steps">
    <li>
      <p>${words.join}</p>
      <p class="fields">
        ${hash.parts.map(name)}
        ${hash.secretAppended ? html`<span class="soft">${words.secret}</span>` : null}
      </p>
      <pre
        class="wrap data-string"
      ><code>${hash.parts.map(value)}${hash.secretAppended ? blank() : null}</code></pre>
      <p class="small soft">${words.legend}</p>
    </li>
    <li>
      <p>${words.mac}</p>
      <pre class="wrap"><code>${hash.hex}</code></pre>
    </li>
    <li>
      <p>${words.encode}</p>
      <pre class="wrap"><code>${hash.base64}</code></pre>
    </li>
    ${hash.given === null ? null : comparison(hash.given, hash.base64)}
  </ol>`
}

function name({ field }: WorkedHash['parts'][number], place: number): Html {
  return html`<span class="${colour(place)}">${field}</span>`
}

function value(part: WorkedHash['parts'][number], place: number): Html {
  return html`<span class="${colour(place)}" title="${part.field}">${part.value}</span>`
}

function blank(): Html {
  return html`<span class="blank">••••••••</span>`
}

function colour(place: number): string {
  return ['a', 'b', 'c', 'd'][place % 4] ?? 'a'
}

function comparison(given: string, right: string): Html {
  const same = given === right
  return html`<li>
    <p>${words.compare}</p>
    <pre class="wrap"><code>${given === '' ? '—' : given}</code></pre>
    <p class="verdict ${same ? 'good' : 'bad'}">${same ? `✓ ${words.same}` : `✕ ${words.different}`}</p>
  </li>`
}
