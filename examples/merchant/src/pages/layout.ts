import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { Session } from '../sessions.ts'

type Look = {
  readonly title: string
  readonly session: Session
  readonly content: Html
  /** Seconds after which the page asks again by itself. */
  readonly refresh?: number
}

/** The frame of every page. It works without a script; `shop.js` only makes the order page livelier. */
export function layout({ title, session, content, refresh }: Look): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh === undefined ? null : html`<meta http-equiv="refresh" content="${refresh}" />`}
        <title>${title} · Duka la Ufundi</title>
        <link rel="icon" href="/assets/goods/kiondo.png" type="image/png" />
        <link rel="stylesheet" href="/assets/shop.css" />
        <link rel="stylesheet" href="/assets/order.css" />
        <script src="/assets/shop.js" defer></script>
      </head>
      <body>
        <header class="top">
          <a class="wordmark" href="/">Duka la Ufundi <small>things made by hand</small></a>
          <nav aria-label="Shop">${session.user === null ? signIn : signedIn(session)}</nav>
        </header>
        <main>${content}</main>
        <footer>
          <p>
            A demonstration shop. It speaks to the gateway through <code>@lango/sdk</code> alone, sends
            nothing to anybody and forgets everything when it stops.
          </p>
        </footer>
      </body>
    </html>`
}

const signIn = html`<a class="button" href="/sign-in">Sign in with eCitizen</a>`

function signedIn({ user, csrf }: Session): Html {
  return html`<a href="/me">${nameOf(user)}</a> <a href="/orders">Orders</a>
    <form method="post" action="/sign-out">
      ${csrfField(csrf)}<button class="quiet" type="submit">Sign out</button>
    </form>`
}

export function csrfField(csrf: string): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}" />`
}

/** How the shop greets somebody, whatever part of the name the application may see. */
export function nameOf(user: Session['user']): string {
  return user?.first_name || user?.given_name || user?.name || 'Friend'
}
