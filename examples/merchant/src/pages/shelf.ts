import type { Good } from '../catalogue.ts'
import { goods } from '../catalogue.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { shillings } from '../money.ts'
import type { Session, User } from '../sessions.ts'
import { csrfField, layout, nameOf } from './layout.ts'

/** The home page: what is for sale. */
export function shelf(session: Session): Html {
  return layout({
    title: 'Things made by hand',
    session,
    content: html`<section class="hero">
        <h1>
          ${session.user === null ? 'Made by hand, paid by phone.' : `Karibu, ${nameOf(session.user)}.`}
        </h1>
        <p>
          ${
            session.user === null
              ? 'Six things from six workshops. Sign in with eCitizen, choose one, and pay the way you always do.'
              : 'You are signed in with eCitizen. Choose something, and pay the way you always do.'
          }
        </p>
      </section>
      <ul class="goods">
        ${goods.map((good) => card(good, session))}
      </ul>`,
  })
}

function card(good: Good, session: Session): Html {
  return html`<li class="good">
    <img src="/assets/goods/${good.id}.png" width="480" height="360" alt="" />
    <div>
      <h2>${good.name}</h2>
      <p class="maker">${good.maker}</p>
      <p>${good.words}</p>
      <div class="buy">
        <strong>${shillings(good.price)}</strong>
        ${
          session.user === null
            ? html`<a class="button" href="/sign-in">Sign in to buy</a>`
            : html`<form method="post" action="/orders">
                ${csrfField(session.csrf)}<input type="hidden" name="good" value="${good.id}" />
                <button type="submit" aria-label="Buy ${good.name}">Buy</button>
              </form>`
        }
      </div>
    </div>
  </li>`
}

/** What eCitizen told the shop about whoever signed in. */
export function person(session: Session, user: User): Html {
  return layout({
    title: 'You',
    session,
    content: html`<h1>You</h1>
      <p>This is what eCitizen told the shop when you agreed. The shop keeps it until you sign out.</p>
      <dl class="facts">
        ${Object.entries(user).map(
          ([name, value]) =>
            html`<div>
              <dt><code>${name}</code></dt>
              <dd>${printed(value)}</dd>
            </div>`,
        )}
      </dl>`,
  })
}

function printed(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A page that says what did not work and what to do now. */
export function trouble(session: Session, title: string, words: string): Html {
  return layout({
    title,
    session,
    content: html`<section class="trouble">
      <h1>${title}</h1>
      <p>${words}</p>
      <p><a class="button" href="/">Back to the shop</a></p>
    </section>`,
  })
}
