import type { Deps } from '../../core/deps.ts'
import type { Enrolment } from '../../core/factor/add-authenticator.ts'
import type { PasskeyOffer } from '../../core/factor/add-passkey.ts'
import { makeChallenge } from '../../core/factor/challenge.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { sayBrowser } from '../../pages/account/browser.ts'
import { enrolmentPage, newPasskeyPage, recoveryCodesPage } from '../../pages/account/security-forms.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { languagesOf } from '../../pages/ui/language.ts'

type Wrong = { readonly wait: number | null }

/** With `wrong`, the same page after a code that was not right. */
export function printEnrolment(enrolment: Enrolment, asked: Asked, deps: Deps, wrong?: Wrong): Reply {
  const status = wrong === undefined ? 200 : wrong.wait === null ? 422 : 429
  return printed(status, asked, deps, (frame) =>
    enrolmentPage({
      ...frame,
      ...enrolment,
      qr: deps.qrCodes.draw(enrolment.address),
      wrong: wrong?.wait === null,
      wait: wrong?.wait ?? null,
    }),
  )
}

export function printNewPasskey(offer: PasskeyOffer, asked: Asked, deps: Deps): Reply {
  return printed(200, asked, deps, (frame) =>
    newPasskeyPage({
      ...frame,
      ask: {
        challenge: makeChallenge(deps, 'passkey registration', frame.token),
        rpId: new URL(deps.publicUrl).hostname,
        keys: offer.known,
      },
      user: offer.userHandle,
      userName: offer.accountName,
      name: sayBrowser(frame.locale, asked.headers['user-agent'] ?? null),
    }),
  )
}

export function printCodes(codes: readonly string[], asked: Asked, deps: Deps): Reply {
  return printed(200, asked, deps, (frame) => recoveryCodesPage({ ...frame, codes }))
}

type Frame = Pick<Parameters<typeof enrolmentPage>[0], 'locale' | 'nonce' | 'token' | 'sandbox' | 'languages'>

function printed(status: number, asked: Asked, deps: Deps, render: (frame: Frame) => Markup): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const markup = render({
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    token,
    sandbox: deps.mode === 'sandbox',
    // What is seen once cannot be asked for in another language.
    ...(asked.method === 'GET' ? { languages: languagesOf(asked.path) } : {}),
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(status, markup, {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}
