import { buttonColours } from './colour.ts'
import { html, type Child, type Html } from './html.ts'

/** How an application looks on our pages: a picture, a name and the colour of one button. All else stays ours. */
export type Face = {
  readonly clientId: string
  readonly name: string
  readonly organizationName: string
  /** `#rrggbb`, or null. */
  readonly colour: string | null
  readonly hasLogo: boolean
}

/** For the head of a page: paints the main button, where the letters on it can be read. */
export function faceStyle(face: Face | null, nonce: string): Child {
  const colours = buttonColours(face?.colour ?? null)
  if (colours === null) return null
  const { ground, text, edge } = colours
  return html`<style nonce="${nonce}">
    .card .button.main,
    .card .button.main:hover {
      background: ${ground};
      color: ${text};
      border-color: ${edge ? 'var(--edge)' : 'transparent'};
    }
    .card .button.main:hover {
      text-decoration: underline;
    }
  </style>`
}

/** The application's picture; its name stands beside it in words, so it says nothing to whoever hears the page. */
export function faceLogo(face: Face | null): Html | null {
  if (face === null || !face.hasLogo) return null
  const address = `/apps/${encodeURIComponent(face.clientId)}/logo`
  return html`<img class="logo face" src="${address}" alt="" width="64" height="64" />`
}
