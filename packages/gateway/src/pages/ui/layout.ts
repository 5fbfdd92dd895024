import type { Locale } from '../../base/locale.ts'
import { frameCopy } from '../copy/frame.ts'
import type { Asset } from './asset.ts'
import { icon, stylesheet } from './assets.ts'
import { html, type Child, type Html } from './html.ts'
import { languageSwitch, type Languages } from './language.ts'
import { plainly } from './said.ts'
import { wordmark } from './wordmark.ts'

export type Layout = {
  readonly locale: Locale
  readonly title: string
  /** The same that the Content-Security-Policy of this answer names (http/html.ts). */
  readonly nonce: string
  /** For tables and side-by-side parts; otherwise a reading width. */
  readonly wide?: boolean
  /** `full` (default): wordmark with a link home and a footer. `quiet`: wordmark only, for pages in others' frames. */
  readonly brand?: 'full' | 'quiet'
  readonly nav?: readonly NavLink[]
  readonly languages?: Languages
  /** Says in every corner that no real money moves. */
  readonly sandbox?: boolean
  readonly scripts?: readonly Asset[]
  /** Our own address, for pages that may be shown from another origin: all links are then absolute. */
  readonly base?: string
  /** More for the head, such as a refresh. */
  readonly head?: Child
}

export type NavLink = {
  readonly href: string
  readonly label: string
  readonly current?: boolean
}

/** The frame of every page. */
export function layout(frame: Layout, body: Html): Html {
  const { locale, nonce, base = '' } = frame
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${plainly(frame.title)} · Lango</title>
        <link rel="stylesheet" href="${base}${stylesheet.path}" nonce="${nonce}" />
        <link rel="icon" type="image/svg+xml" href="${base}${icon.path}" />
        ${frame.head}
        ${(frame.scripts ?? []).map(
          (script) => html`<script src="${base}${script.path}" nonce="${nonce}" defer></script>`,
        )}
      </head>
      <body class="${frame.wide === true ? 'wide' : 'narrow'}">
        <a class="skip" href="#main">${frameCopy[locale].skip}</a>
        ${header(frame, base)}
        <main id="main" tabindex="-1">${body}</main>
        ${frame.brand === 'quiet' ? null : footer(locale)}
      </body>
    </html>`
}

function header(frame: Layout, base: string): Html {
  const { locale, nav = [], languages } = frame
  return html`<header class="top">
    <div class="bar">
      ${frame.brand === 'quiet' ? wordmark() : html`<a class="home" href="${base}/">${wordmark()}</a>`}
      ${
        frame.sandbox === true
          ? html`<span class="badge sandbox" title="${frameCopy[locale].sandboxNote}"
              >${frameCopy[locale].sandbox}</span
            >`
          : null
      }
      ${nav.length === 0 ? null : html`<nav class="links">${nav.map(navLink)}</nav>`}
      ${languages === undefined ? null : languageSwitch(locale, languages)}
    </div>
    <div class="frieze" aria-hidden="true"></div>
  </header>`
}

function navLink({ href, label, current }: NavLink): Html {
  return current === true
    ? html`<a href="${href}" aria-current="page">${label}</a>`
    : html`<a href="${href}">${label}</a>`
}

function footer(locale: Locale): Html {
  return html`<footer class="foot"><p>${frameCopy[locale].footer}</p></footer>`
}
