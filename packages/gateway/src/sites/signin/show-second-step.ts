import type { Deps } from '../../core/deps.ts'
import { makeChallenge, type ChallengePurpose } from '../../core/factor/challenge.ts'
import type { Confirmation, SecondStep, Ways } from '../../core/factor/view-second-step.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { factorMissingPage, secondStepPage, type SecondStepProps } from '../../pages/second-step.ts'
import { languagesOf } from '../../pages/ui/language.ts'
import { addressOf, carried, fieldOf, isUuid, nextOf } from './asked-fields.ts'

type Said = Pick<SecondStepProps, 'note' | 'wait'>

/** After the password. */
export function showSecondStep({ ways, mark }: SecondStep, asked: Asked, deps: Deps, said: Said): Reply {
  const passing = carried(asked)
  return show(ways, asked, deps, {
    kind: 'second-step',
    purpose: 'passkey second step',
    action: '/signin/second',
    fields: { ...passing, mark },
    startAgain: addressOf('/signin', passing),
    ...said,
  })
}

/** While she is signed in. */
export function showConfirmation(
  { ways, missing }: Confirmation,
  asked: Asked,
  deps: Deps,
  said: Said,
): Reply {
  const passing = carried(asked)
  if (missing) return showMissing(asked, deps)
  return show(ways, asked, deps, {
    kind: 'confirmation',
    purpose: 'passkey confirmation',
    action: '/signin/confirm',
    fields: passing,
    startAgain: addressOf('/signin', { ...passing, again: 'yes' }),
    ...said,
  })
}

type Show = Said &
  Pick<SecondStepProps, 'kind' | 'action' | 'fields' | 'startAgain'> & { readonly purpose: ChallengePurpose }

function show(ways: Ways, asked: Asked, deps: Deps, { purpose, ...props }: Show): Reply {
  const nonce = freshNonce(deps)
  // Of the browser alone: the session may be renewed in another tab while this page is open.
  const { token, setCookie } = formToken(deps, asked, 'browser')
  const markup = secondStepPage({
    ...props,
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    token,
    languages: languagesOf(props.action, carried(asked)),
    sandbox: deps.mode === 'sandbox',
    accountName: ways.accountName,
    password: ways.password,
    code: ways.code,
    recoveryCode: ways.recoveryCode,
    messages: ways.messages,
    sent: isUuid(fieldOf(asked, 'sent') ?? '') ? (fieldOf(asked, 'sent') ?? null) : null,
    passkey:
      ways.passkeys.length === 0
        ? null
        : {
            challenge: makeChallenge(deps, purpose, token),
            rpId: new URL(deps.publicUrl).hostname,
            keys: ways.passkeys,
          },
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  const status = props.wait !== undefined ? 429 : statusOf(props.note)
  const headers = {
    ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    ...(props.wait === undefined ? {} : { 'retry-after': String(props.wait) }),
  }
  return page(status, markup, { nonce, headers })
}

/** What machines that watch see, as on the first page. */
function statusOf(note: Said['note']): number {
  if (note === undefined) return 200
  return note === 'unreadable' ? 422 : 403
}

function showMissing(asked: Asked, deps: Deps): Reply {
  const nonce = freshNonce(deps)
  const markup = factorMissingPage({
    locale: pickLocale(...languageOf(deps, asked)),
    nonce,
    languages: languagesOf('/signin/confirm', carried(asked)),
    sandbox: deps.mode === 'sandbox',
    setUp: addressOf('/account/security', { next: nextOf(asked) }),
    next: nextOf(asked),
  })
  return page(200, markup, { nonce })
}
