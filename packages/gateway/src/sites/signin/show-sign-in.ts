import type { Deps } from '../../core/deps.ts'
import { makeChallenge } from '../../core/factor/challenge.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import type { SignInNote } from '../../pages/copy/signin.ts'
import { loginPage, type LoginProps } from '../../pages/login.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { carried, fieldOf, nextOf, wantedOf } from './asked-fields.ts'

export type Shown = Pick<LoginProps, 'face' | 'note' | 'wait' | 'identifier' | 'signedInAs'>

/** The page that asks who somebody is, with what there is to say first. */
export function showSignIn(status: number, deps: Deps, asked: Asked, shown: Shown): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie: cookie } = formToken(deps, asked, 'browser')
  const markup = loginPage({
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    token,
    next: nextOf(asked),
    acr: wantedOf(asked),
    languages: languagesOf('/signin', carried(asked)),
    sandbox: deps.mode === 'sandbox',
    passkey: {
      challenge: makeChallenge(deps, 'passkey sign-in', token),
      rpId: new URL(deps.publicUrl).hostname,
      keys: [],
    },
    ...shown,
  })
  const cookies = [...keepLanguage(deps, asked), ...(cookie === null ? [] : [cookie])]
  const headers = {
    ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    ...(shown.wait === undefined ? {} : { 'retry-after': String(shown.wait) }),
  }
  return page(status, markup, { nonce, headers })
}

type Again = Pick<Shown, 'face'> & { readonly note: SignInNote }

/** The same with a note, and with what was typed before except the password. */
export function showAgain(status: number, again: Again, deps: Deps, asked: Asked): Reply {
  return showSignIn(status, deps, asked, { ...again, ...typed(fieldOf(asked, 'identifier')) })
}

export function typed(identifier = ''): Pick<LoginProps, 'identifier'> {
  return identifier === '' ? {} : { identifier: identifier.slice(0, 254) }
}
