/** What would become of each thing that an organization brings along. */
import { isServiceCode } from '../../base/id.ts'
import { allowances } from '../application/allowance.ts'
import { hasSecret, secretFault, secretWarnings } from '../application/client-secret.ts'
import { registeredAs, type CreateApplication } from '../application/new-application.ts'
import { addressFaults, addressWarnings } from '../application/own-application.ts'
import { registrationFault } from '../application/registration.ts'
import { keyFault, keyWarnings } from '../organization/api-key.ts'
import { houseNameFault } from '../organization/name.ts'
import { originOf, serviceCodeFault } from '../organization/organization.ts'
import { quotaFault, type Quota } from '../organization/quota.ts'
import type {
  Brought,
  BroughtApiClient,
  BroughtApplication,
  BroughtKind,
  BroughtRow,
  BroughtService,
} from './document.ts'

/** `asked`: an operator decides about it. */
export type Outcome = 'new' | 'asked' | 'there' | 'refused'

/** One row as people see it; no secret is in it. */
export type PlannedRow = {
  readonly kind: BroughtKind
  readonly name: string
  /** Where browsers go back to, the role of a key, the name of a service. */
  readonly more: readonly string[]
  readonly outcome: Outcome
  readonly because: string | null
  readonly warnings: readonly string[]
  /** The organization that has the id; told to operators alone. */
  readonly takenBy: string | null
}

export type Planned = PlannedRow & { readonly brought: Brought | null }

/** What is here already. */
export type Around = {
  readonly organizationId: string
  readonly mode: 'sandbox' | 'live'
  /** Whose name nobody else may give; null for whoever may. */
  readonly operatorName: string | null
  /** Whose the ids are that the document names. */
  readonly owners: { readonly [Kind in 'application' | 'api-client']: ReadonlyMap<string, string> }
  readonly services: ReadonlySet<string>
  readonly origins: ReadonlySet<string>
  /** How many of each the organization has. */
  readonly had: Readonly<Record<BroughtKind, number>>
}

/** Who brings it in. A member learns nothing of what others have, and has quotas. */
export type By = 'member' | 'operator'

export function planRows(rows: readonly BroughtRow[], around: Around, by: By): readonly Planned[] {
  const had = { ...around.had }
  return rows.map((row) => {
    const planned = planRow(row, around, by)
    if (planned.outcome !== 'new' && planned.outcome !== 'asked') return planned
    const limit = by === 'operator' ? null : quotaFault(quotaOf[row.kind], had[row.kind])
    if (limit !== null) return { ...planned, outcome: 'refused', because: limit, warnings: [] }
    had[row.kind] += 1
    return planned
  })
}

const quotaOf: Readonly<Record<BroughtKind, Quota>> = {
  application: 'applications',
  'api-client': 'API clients',
  service: 'services',
  origin: 'origins',
}

function planRow({ kind, name, brought }: BroughtRow, around: Around, by: By): Planned {
  const bare = { kind, name, more: [], warnings: [], takenBy: null, brought: null }
  if (!brought.ok) return { ...bare, outcome: 'refused', because: brought.refusal }
  const more = moreOf(brought.value)
  const owner = ownerOf(brought.value, around)
  const outcome = outcomeOf(brought.value, around, { owner, by })
  if (outcome === 'there') return { ...bare, more, outcome, because: null }
  if (outcome === 'refused') {
    const because = 'This id is not free. If it is yours, ask the operator of this gateway.'
    return { ...bare, more, outcome, because, takenBy: by === 'operator' ? owner : null }
  }
  const fault = faultOf(brought.value, around)
  if (fault !== null) return { ...bare, more, outcome: 'refused', because: fault }
  const warnings = warningsOf(brought.value)
  return { ...bare, more, warnings, outcome, because: null, brought: brought.value }
}

function ownerOf(brought: Brought, { owners, services, origins, organizationId }: Around): string | null {
  switch (brought.kind) {
    case 'application':
      return owners.application.get(brought.clientId) ?? null
    case 'api-client':
      return owners['api-client'].get(brought.id) ?? null
    case 'service':
      return services.has(brought.code) ? organizationId : null
    case 'origin':
      return origins.has(brought.origin) ? organizationId : null
  }
}

/** Where money is real an operator gives out the ids that others know somebody by: docs/decisions/0011. */
function outcomeOf(
  { kind }: Brought,
  { organizationId, mode }: Around,
  { owner, by }: { readonly owner: string | null; readonly by: By },
): Outcome {
  if (owner === organizationId) return 'there'
  const isKnownToOthers = kind === 'application' || kind === 'api-client'
  if (isKnownToOthers && by === 'member' && mode === 'live') return 'asked'
  return owner === null ? 'new' : 'refused'
}

function faultOf(brought: Brought, around: Around): string | null {
  switch (brought.kind) {
    case 'application':
      return faultOfApplication(brought, around)
    case 'api-client':
      return keyFault(brought)
    case 'service':
      return (
        serviceCodeFault(brought.code) ??
        (isShortName(brought.name) ? null : 'A name of 1 to 100 characters.')
      )
    case 'origin':
      return originOf(brought.origin) === brought.origin ? null : 'Write it as scheme://host[:port].'
  }
}

function isShortName(name: string): boolean {
  return /^[^\p{Cc}\p{Cf}]{1,100}$/u.test(name)
}

function faultOfApplication(
  brought: BroughtApplication,
  { organizationId, mode, operatorName }: Around,
): string | null {
  const taken = operatorName === null ? null : houseNameFault(brought.name, operatorName)
  if (taken !== null) return `name: ${taken}`
  const made = registeredAs(applicationOf(brought, organizationId), brought.clientId)
  const { clientSecret, applicationKind, redirectUris } = brought
  const addresses = addressFaults(redirectUris, applicationKind)
  const fault = registrationFault(made, mode)
  if (addresses !== null || fault !== null)
    return addresses ?? `${fault?.field ?? ''}: ${fault?.because ?? ''}`
  if (clientSecret === null) return null
  if (!hasSecret(made))
    return 'client_secret: this kind runs on somebody’s own device and keeps none: leave it out.'
  if (clientSecret.length < shortestSecret) return `client_secret: at least ${shortestSecret} characters.`
  return secretFault(made, clientSecret)
}

/** Shorter ones are found by trying, within the limits on guessing too. */
const shortestSecret = 8

/** For createApplication. */
export function applicationOf(brought: BroughtApplication, organizationId: string): CreateApplication {
  const { clientId, clientSecret, name, applicationKind: kind, redirectUris, nationalIdentity } = brought
  return {
    organizationId,
    clientId,
    ...(clientSecret === null ? {} : { clientSecret }),
    name,
    kind,
    redirectUris,
    allowances: brought.allowances,
    releases: nationalIdentity ? 'national-identity' : 'scopes',
    more: { postLogoutRedirectUris: brought.postLogoutRedirectUris },
  }
}

function moreOf(brought: Brought): readonly string[] {
  switch (brought.kind) {
    case 'application':
      return [brought.name, ...brought.redirectUris]
    case 'api-client':
      return [brought.role]
    case 'service':
      return [`${brought.name}, ${brought.currency}`]
    case 'origin':
      return []
  }
}

function warningsOf(brought: Brought): readonly string[] {
  switch (brought.kind) {
    case 'application':
      return warningsOfApplication(brought)
    case 'api-client':
      return warningsOfKey(brought)
    case 'service':
      return warningsOfService(brought)
    case 'origin':
      return []
  }
}

function warningsOfApplication(brought: BroughtApplication): readonly string[] {
  return [
    ...(brought.clientSecret === null ? [] : secretWarnings(brought.clientSecret)),
    ...brought.allowances.map((one) => `${one}: ${allowances[one]}`),
    ...(brought.nationalIdentity ? ['It is told the whole identity of whoever consents.'] : []),
    ...addressWarnings(brought.redirectUris),
  ]
}

function warningsOfKey(brought: BroughtApiClient): readonly string[] {
  return [
    ...keyWarnings(brought),
    'Strict mode of secure hashes is off from then on: clients of elsewhere cannot know of it.',
    ...(brought.lenientHash ? ['It may send secure hashes in encodings that other clients may not.'] : []),
    ...(brought.role === 'aggregator'
      ? ['It confirms payments of those alone that an operator links it to.']
      : []),
  ]
}

function warningsOfService({ code }: BroughtService): readonly string[] {
  return isServiceCode(code) ? [] : [`${code} has no check digit: a signed amount could shift into it.`]
}
