import type { Locale } from '../base/locale.ts'
import { signInCopy, type SignInNote } from './copy/signin.ts'
import { timeOf, waitTitle, waitWords } from './wait.ts'
import { passkeyForm, type PasskeyAsk } from './passkey-form.ts'
import { passkeyScript } from './scripts/passkey.ts'
import { actions, button, linkButton } from './ui/button.ts'
import { card } from './ui/card.ts'
import { faceLogo, faceStyle, type Face } from './ui/face.ts'
import { field, hidden } from './ui/field.ts'
import { html, type Child, type Html } from './ui/html.ts'
import { layout } from './ui/layout.ts'
import type { Languages } from './ui/language.ts'
import { notice } from './ui/notice.ts'
import { plainly, said } from './ui/said.ts'

export type LoginProps = {
  readonly locale: Locale
  readonly nonce: string
  readonly token: string
  /** Where to go afterwards; on our own origin. */
  readonly next: string
  /** How sure whoever sent her here wants to be. */
  readonly acr: string
  readonly languages: Languages
  readonly sandbox: boolean
  readonly passkey: PasskeyAsk
  /** The application that she came from, where that is known. */
  readonly face: Face | null
  readonly note?: SignInNote
  /** Seconds until the next try is possible. */
  readonly wait?: number
  /** What was typed before, so that only the password is typed again. */
  readonly identifier?: string
  /** Who is signed in already in this browser. */
  readonly signedInAs?: string
}

/** The page that asks who somebody is. */
export function loginPage(props: LoginProps): Html {
  const { locale, nonce, languages, sandbox, face } = props
  const head = faceStyle(face, nonce)
  const words = signInCopy[locale]
  return layout(
    { locale, title: words.title, nonce, languages, sandbox, head, scripts: [passkeyScript] },
    card(
      { kind: 'gate' },
      html`${faceLogo(face)}
        <h1>${words.title}</h1>
        ${toApplication(props)} ${message(props)}
        <form method="post" action="/signin">
          ${hidden('token', props.token)} ${hidden('next', props.next)} ${hidden('acr', props.acr)}
          ${field(locale, {
            name: 'identifier',
            label: words.identifier,
            hint: words.identifierHint,
            // `webauthn` lets the browser offer passkeys here, beside remembered names.
            autocomplete: 'username webauthn',
            maxlength: 254,
            ...(props.identifier === undefined ? { autofocus: true } : { value: plainly(props.identifier) }),
          })}
          ${field(locale, {
            name: 'password',
            type: 'password',
            label: words.password,
            autocomplete: 'current-password',
            ...(props.identifier === undefined ? {} : { autofocus: true }),
          })}
          ${actions(button({ label: words.submit }))}
        </form>
        <p class="or" data-with-passkey hidden>${words.or}</p>
        ${passkeyForm({
          action: '/signin/passkey',
          ask: props.passkey,
          token: props.token,
          fields: { next: props.next, acr: props.acr },
          label: words.passkey,
          trouble: words.passkeyTrouble,
          conditional: true,
        })}
        ${otherWays(props)}`,
    ),
  )
}

const tones: Readonly<Partial<Record<SignInNote, 'good' | 'warn'>>> = {
  'signed-out': 'good',
  'start-again': 'warn',
  recovered: 'good',
  registered: 'good',
}

/** For whoever has no account, or no password any more. */
function otherWays({ locale, next }: LoginProps): Html {
  const words = signInCopy[locale]
  const at = (path: string): string => `${path}?${new URLSearchParams({ next }).toString()}`
  return html`<p class="soft small">${words.noAccount} <a href="${at('/register')}">${words.register}</a></p>
    <p class="soft small">${words.forgot} <a href="${at('/recover')}">${words.recover}</a></p>`
}

/** Whose door this leads to, and who runs it: two names, so that neither passes for ours. */
function toApplication({ locale, face }: LoginProps): Child {
  if (face === null) return null
  const words = signInCopy[locale]
  return html`<p>
    ${words.to} <strong>${said(face.name)}</strong>, ${words.runBy} ${said(face.organizationName)}.
  </p>`
}

function message({ locale, note, wait, signedInAs, next, face }: LoginProps): Child {
  const words = signInCopy[locale]
  if (wait !== undefined) {
    return notice({
      tone: 'warn',
      title: waitTitle(locale),
      children: html`<p>${waitWords(locale, timeOf(locale, wait))}</p>`,
    })
  }
  if (note !== undefined) {
    const { title, more } = words.notes[note]
    return notice({ tone: tones[note] ?? 'bad', title, children: html`<p>${more}</p>` })
  }
  if (signedInAs === undefined) return face === null ? html`<p>${words.lead}</p>` : null
  const name = plainly(signedInAs)
  return notice({
    tone: 'info',
    title: words.already(name),
    children: html`<p>${words.alreadyMore}</p>
      ${actions(linkButton({ label: words.goOn(name), href: next, tone: 'quiet' }))}`,
  })
}

export type OnwardProps = Pick<LoginProps, 'locale' | 'nonce' | 'next' | 'sandbox'>

/** Leads on by itself, also without scripts, and has a link for browsers that follow nothing by themselves. */
export function onwardPage({ locale, nonce, next, sandbox }: OnwardProps): Html {
  const words = signInCopy[locale]
  const head = html`<meta http-equiv="refresh" content="0; url=${next}" />`
  return layout(
    { locale, title: words.onTitle, nonce, sandbox, head },
    card(
      { kind: 'gate' },
      html`<h1>${words.onTitle}</h1>
        <p>${words.onMore}</p>
        ${actions(linkButton({ label: words.on, href: next }))}`,
    ),
  )
}

export type SignOutProps = Pick<LoginProps, 'locale' | 'nonce' | 'token' | 'languages' | 'sandbox'>

/** Asks before it signs out: a link that another site set must not do it. */
export function signOutPage({ locale, nonce, token, languages, sandbox }: SignOutProps): Html {
  const words = signInCopy[locale]
  return layout(
    { locale, title: words.signOutTitle, nonce, languages, sandbox },
    card(
      { kind: 'gate' },
      html`<h1>${words.signOutTitle}</h1>
        <p>${words.signOutMore}</p>
        <form method="post" action="/signout">
          ${hidden('token', token)}
          ${actions(
            button({ label: words.signOut }),
            linkButton({ label: words.stay, href: '/account', tone: 'quiet' }),
          )}
        </form>`,
    ),
  )
}
