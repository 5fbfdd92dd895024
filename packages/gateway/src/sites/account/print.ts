import type { Locale } from '../../base/locale.ts'
import type { Deps } from '../../core/deps.ts'
import { accountName, maskedIdNumber, type Account } from '../../core/account/account.ts'
import type { Connection } from '../../core/authorization/consent.ts'
import type { Api } from '../../core/application/resource.ts'
import { saysWhatIsSeen } from '../../core/token/user-info.ts'
import type { AccountView } from '../../core/account/view-account.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { queryFields } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import { languageOf } from '../../http/locale.ts'
import type { Reply } from '../../http/reply.ts'
import { accountPage, type ConnectionProps, type Profile } from '../../pages/account/account.ts'
import type { AccountNote } from '../../pages/copy/account/words.ts'
import { pickLocale } from '../../pages/copy/locale.ts'

/** The account page in the language that was picked in this browser, else in the account's own. */
export function printAccount(view: AccountView, asked: Asked, deps: Deps): Reply {
  const [, chosen] = languageOf(deps, asked)
  const locale = pickLocale('', chosen === '' ? view.account.locale : chosen)
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked)
  const note = noteOf(asked)
  const markup = accountPage({
    locale,
    nonce,
    token,
    sandbox: deps.mode === 'sandbox',
    ...(note === null ? {} : { note }),
    profile: profile(view.account),
    connections: view.connections.map((connection) => connectionProps(connection, view.apis, locale)),
    signedInAt: view.session.signedInAt,
    passwordChangedAt: view.passwordChangedAt,
    createdAt: view.account.createdAt,
  })
  return page(200, markup, { nonce, ...(setCookie === null ? {} : { headers: { 'set-cookie': setCookie } }) })
}

function profile(account: Account): Profile {
  return {
    ...account,
    name: accountName(account),
    idNumber: account.idNumber === null ? null : maskedIdNumber(account.idNumber),
  }
}

function connectionProps(connection: Connection, apis: readonly Api[], locale: Locale): ConnectionProps {
  const its = apis.filter(({ identifier }) => connection.resources.includes(identifier))
  return {
    clientId: connection.clientId,
    application: connection.applicationName,
    organization: connection.organizationName,
    items: saysWhatIsSeen(connection.releases, connection.scopes, its, locale),
    givenAt: connection.givenAt,
  }
}

const notes: Readonly<Record<AccountNote, true>> = {
  removed: true,
  language: true,
  expired: true,
  unknown: true,
}

function noteOf(asked: Asked): AccountNote | null {
  const fields = queryFields(asked)
  const note = fields.ok ? (fields.value.get('note') ?? '') : ''
  return Object.hasOwn(notes, note) ? (note as AccountNote) : null
}
