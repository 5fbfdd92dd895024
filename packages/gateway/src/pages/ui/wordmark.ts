import { html, type Html } from './html.ts'

/** The gate: an arch, its door ajar. Drawn in the colour of the text around it. */
export function gate(): Html {
  return html`<svg
    class="gate"
    viewBox="0 0 24 24"
    width="24"
    height="24"
    aria-hidden="true"
    focusable="false"
  >
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      d="M2.5 21.5h19M5 21V11.2a7 7 0 0 1 14 0V21"
    />
    <path fill="currentColor" d="M9 21V11.4c0-1.7 1-3 3-3.4l3.2-.6V21z" opacity=".28" />
    <path fill="none" stroke="currentColor" stroke-width="1.6" d="M12.4 21V9.6l-3.4 1V21" />
    <circle cx="11" cy="15.6" r=".9" fill="currentColor" />
  </svg>`
}

export function wordmark(): Html {
  return html`<span class="wordmark">${gate()}<span>Lango</span></span>`
}

/** The same gate as the icon of the browser's tab. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5c55"/><path d="M5.5 26.5h21M8.5 26V15a7.5 7.5 0 0 1 15 0v11" fill="none" stroke="#f6f3ec" stroke-width="2.6" stroke-linecap="round"/><path d="M13 26V15.4c0-1.9 1.1-3.2 3-3.6l3.4-.7V26z" fill="#e3a63b"/></svg>`
