import { base64url } from '../../base/bytes.ts'
import { isBefore } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import { maskedAddress } from '../../core/account/message-address.ts'
import { mostPasskeys } from '../../core/factor/passkey.ts'
import type { SecurityView } from '../../core/factor/view-security.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { queryFields } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import { keepLanguage, languageOf } from '../../http/locale.ts'
import { ownPath } from '../../http/next.ts'
import type { Reply } from '../../http/reply.ts'
import { securityPage, type SecurityProps } from '../../pages/account/security.ts'
import { pickLocale } from '../../pages/copy/locale.ts'
import { securityNotes } from '../../pages/copy/security/words.ts'
import { languagesOf } from '../../pages/ui/language.ts'

/** The page in the language that was picked in this browser, else in the account's own. */
export function printSecurity(view: SecurityView, asked: Asked, deps: Deps): Reply {
  const [, chosen] = languageOf(deps, asked)
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const next = nextOf(asked)
  const markup = securityPage({
    locale: pickLocale('', chosen === '' ? view.account.locale : chosen),
    nonce,
    token,
    sandbox: deps.mode === 'sandbox',
    languages: languagesOf('/account/security', next === null ? {} : { next }),
    ...noteOf(asked),
    goOn: next === null ? null : `/signin/confirm?${new URLSearchParams({ next, acr: 'aal2' }).toString()}`,
    mostPasskeys,
    ...guards(view),
    ...use(view, deps),
  })
  const cookies = [...keepLanguage(deps, asked), ...(setCookie === null ? [] : [setCookie])]
  return page(200, markup, {
    nonce,
    ...(cookies.length === 0 ? {} : { headers: { 'set-cookie': cookies } }),
  })
}

function guards(view: SecurityView) {
  const { passwordChangedAt, authenticator, factors, passkeys, messageFactors, contacts } = view
  const isOff = ({ medium }: (typeof contacts)[number]) => !messageFactors.some((on) => on.medium === medium)
  return {
    messages: [
      ...messageFactors.map((to) => messageProps(to, true)),
      ...contacts.filter(isOff).map((to) => messageProps(to, false)),
    ],
    passwordChangedAt,
    authenticatorSince: authenticator?.createdAt ?? null,
    authenticatorUsedAt: authenticator?.usedAt ?? null,
    recoveryCodes: factors.recoveryCodes,
    passkeys: passkeys.map(({ credentialId, name, backedUp, createdAt, usedAt }) => ({
      id: credentialId,
      name,
      backedUp,
      createdAt,
      usedAt,
    })),
  }
}

function messageProps({ medium, address }: SecurityView['contacts'][number], on: boolean) {
  return { medium, address: maskedAddress(medium, address), on }
}

function use(
  { session, sessions, devices, here, history }: SecurityView,
  deps: Deps,
): Pick<SecurityProps, 'sessions' | 'devices' | 'history'> {
  const now = deps.clock.now()
  const hereName = here === null ? null : base64url(here.nameHash)
  return {
    sessions: sessions.map(({ id, userAgent, methods, signedInAt, seenAt }) => ({
      id,
      current: id === session.id,
      userAgent,
      methods,
      signedInAt,
      seenAt,
    })),
    devices: devices.map(({ nameHash, userAgent, seenAt, trustedUntil }) => ({
      id: base64url(nameHash),
      current: base64url(nameHash) === hereName,
      userAgent,
      seenAt,
      trustedUntil: trustedUntil !== null && isBefore(now, trustedUntil) ? trustedUntil : null,
    })),
    history,
  }
}

function noteOf(asked: Asked): Pick<SecurityProps, 'note'> {
  const note = securityNotes.find((each) => each === fieldOf(asked, 'note'))
  return note === undefined ? {} : { note }
}

/** Where she came from to become surer. */
function nextOf(asked: Asked): string | null {
  const next = ownPath(fieldOf(asked, 'next'), '')
  return next === '' ? null : next
}

function fieldOf(asked: Asked, name: string): string | undefined {
  const fields = queryFields(asked)
  return fields.ok ? fields.value.get(name) : undefined
}
