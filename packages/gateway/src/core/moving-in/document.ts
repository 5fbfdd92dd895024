/** What an organization brings along from another installation, as one JSON document. */
import { isCurrency, type Currency } from '../../base/money.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { allowances, isAllowance, type Allowance } from '../application/allowance.ts'
import { applicationKinds, isPublic, type ApplicationKind } from '../application/application.ts'
import { parseFeeRule, type FeeRule } from '../invoice/fee.ts'
import { readFields, type Fields } from './fields.ts'

export type Brought = BroughtApplication | BroughtApiClient | BroughtService | BroughtOrigin

export type BroughtApplication = {
  readonly kind: 'application'
  readonly clientId: string
  /** Null where none can be kept. */
  readonly clientSecret: string | null
  readonly name: string
  readonly applicationKind: ApplicationKind
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly allowances: readonly Allowance[]
  readonly nationalIdentity: boolean
}

export type BroughtApiClient = {
  readonly kind: 'api-client'
  readonly id: string
  readonly key: string
  readonly secret: string
  readonly role: 'merchant' | 'aggregator'
  readonly lenientHash: boolean
}

export type BroughtService = {
  readonly kind: 'service'
  readonly code: string
  readonly name: string
  readonly currency: Currency
  readonly feeRule: FeeRule
}

export type BroughtOrigin = { readonly kind: 'origin'; readonly origin: string }

export type BroughtKind = Brought['kind']

/** One thing of the document, by the name that people know it by: an id, a code, an origin. */
export type BroughtRow = {
  readonly kind: BroughtKind
  readonly name: string
  readonly brought: Result<Brought, string>
}

const mostRows = 200

/** The document's rows, each read or with a sentence on what to mend; the refusal is about the document as a whole. */
export function readDocument(text: string): Result<readonly BroughtRow[], string> {
  if (text.trim() === '') return no('Paste the document, or choose its file.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (fault) {
    return no(`This is no JSON${placeOf(fault, text)}.`)
  }
  const document = readFields(value, Object.keys(sections))
  if (document === null) return no(`The document is an object with ${Object.keys(sections).join(', ')}.`)
  if (document.faults.length > 0) return no(document.faults.join('\n'))
  const rows: BroughtRow[] = []
  for (const [section, read] of Object.entries(sections)) {
    const listed = document.value(section) ?? []
    if (!Array.isArray(listed)) return no(`${section} is a list.`)
    rows.push(...listed.map(read))
  }
  if (rows.length === 0) return no('The document names nothing to bring in.')
  return rows.length > mostRows ? no(`At most ${mostRows} things at once.`) : ok(onceEach(rows))
}

/** Where the parser stopped, if it says so. Its own words may quote the document, and that holds secrets. */
function placeOf(fault: unknown, text: string): string {
  const at = fault instanceof Error ? /at position ([0-9]+)/.exec(fault.message)?.[1] : undefined
  if (at === undefined) return ': check its quotes, commas and brackets'
  const before = text.slice(0, Number(at)).split('\n')
  return `: look at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

/** By the names of the document's lists; in this order they are brought in. */
const sections: Readonly<Record<string, (value: unknown) => BroughtRow>> = {
  applications: readApplication,
  api_clients: readApiClient,
  services: readService,
  origins: readOrigin,
}

function onceEach(rows: readonly BroughtRow[]): readonly BroughtRow[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const name = `${row.kind} ${row.name}`
    const isSecond = row.brought.ok && seen.has(name)
    seen.add(name)
    return isSecond ? { ...row, brought: no('It stands in the document twice.') } : row
  })
}

function readApplication(value: unknown): BroughtRow {
  const fields = readFields(value, [
    'client_id',
    'client_secret',
    'name',
    'kind',
    'redirect_uris',
    'post_logout_redirect_uris',
    'allow',
    'national_identity',
  ]) // prettier-ignore -- one list, read as one
  if (fields === null) return noObject('application')
  const applicationKind = fields.oneOf('kind', applicationKinds, 'web')
  const clientSecret = isPublic({ kind: applicationKind })
    ? fields.text('client_secret')
    : fields.need('client_secret')
  const brought: Brought = {
    kind: 'application',
    clientId: fields.need('client_id') ?? '',
    clientSecret,
    name: fields.need('name') ?? '',
    applicationKind,
    redirectUris: fields.list('redirect_uris'),
    postLogoutRedirectUris: fields.list('post_logout_redirect_uris'),
    allowances: fields
      .list('allow')
      .flatMap((name) => (isAllowance(name) ? [name] : unknownAllowance(fields, name))),
    nationalIdentity: fields.truth('national_identity'),
  }
  return rowOf(brought, brought.clientId, fields)
}

function unknownAllowance(fields: Fields, name: string): readonly Allowance[] {
  fields.faults.push(`allow: ${name.slice(0, 50)} is none of ${Object.keys(allowances).join(', ')}.`)
  return []
}

function readApiClient(value: unknown): BroughtRow {
  const fields = readFields(value, ['api_client_id', 'key', 'secret', 'role', 'lenient'])
  if (fields === null) return noObject('api-client')
  const brought: Brought = {
    kind: 'api-client',
    id: fields.need('api_client_id') ?? '',
    key: fields.need('key') ?? '',
    secret: fields.need('secret') ?? '',
    role: fields.oneOf('role', ['merchant', 'aggregator'] as const, 'merchant'),
    lenientHash: fields.truth('lenient'),
  }
  return rowOf(brought, brought.id, fields)
}

function readService(value: unknown): BroughtRow {
  const fields = readFields(value, ['code', 'name', 'currency', 'fee'])
  if (fields === null) return noObject('service')
  const fee = parseFeeRule(fields.value('fee') ?? { kind: 'none' })
  if (!fee.ok) fields.faults.push(`fee: ${fee.refusal}.`)
  const currency = fields.text('currency') ?? 'KES'
  if (!isCurrency(currency)) fields.faults.push(`currency: ${currency.slice(0, 10)} is not served.`)
  const brought: Brought = {
    kind: 'service',
    code: fields.need('code') ?? '',
    name: fields.need('name') ?? '',
    currency: isCurrency(currency) ? currency : 'KES',
    feeRule: fee.ok ? fee.value : { kind: 'none' },
  }
  return rowOf(brought, brought.code, fields)
}

function readOrigin(value: unknown): BroughtRow {
  const name = typeof value === 'string' ? value.trim() : ''
  if (name === '') return { kind: 'origin', name, brought: no('An origin is a text: scheme://host[:port].') }
  return { kind: 'origin', name: name.slice(0, longestName), brought: ok({ kind: 'origin', origin: name }) }
}

const longestName = 100

function rowOf(brought: Brought, name: string, { faults }: Fields): BroughtRow {
  const read = faults.length === 0 ? ok(brought) : no(faults.join(' '))
  return { kind: brought.kind, name: name.slice(0, longestName), brought: read }
}

function noObject(kind: BroughtKind): BroughtRow {
  return { kind, name: '', brought: no('This is no JSON object.') }
}
