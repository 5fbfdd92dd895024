import { no, ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import { byMember, type Asker } from '../organization/member.ts'
import { mostLogoBytes } from '../organization/quota.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findLogo, lockOwnApplication, updateLogo } from './own-application.sql.ts'
import type { Logo } from './own-application.ts'

/** Shown at 64 CSS pixels; three device pixels each are plenty. */
const side = 192

/** What is kept of an uploaded picture: pixels that we encoded ourselves. Null stays null. */
export async function encodeLogo(
  { pictures }: Pick<Deps, 'pictures'>,
  given: Uint8Array | null,
): Promise<Result<Logo | null, Refusal<'field_invalid' | 'limit_reached'>>> {
  if (given === null || given.length === 0) return ok(null)
  if (given.length > mostLogoBytes) {
    const because = `The limit is ${mostLogoBytes / 1024} kB for a logo; this one has ${Math.ceil(given.length / 1024)} kB.`
    return no(refusal('limit_reached', { field: 'logo', because }))
  }
  const encoded = await pictures.reencode(given, side)
  return encoded === null
    ? no(refusal('field_invalid', { field: 'logo', because: 'Give a picture as PNG, JPEG, WebP or GIF.' }))
    : ok(encoded)
}

type SetLogo = {
  readonly organizationId: string
  readonly clientId: string
  readonly logo: Uint8Array | null
}

/** Gives the application another logo; null takes it away. */
export async function setLogo(
  deps: Pick<Deps, 'db' | 'ids' | 'clock' | 'pictures'>,
  asker: Asker,
  { organizationId, clientId, logo }: SetLogo,
): Promise<Result<null, MemberNo | Refusal<'field_invalid' | 'limit_reached'>>> {
  const early = await checkMember(deps.db, organizationId, asker, 'applications.change')
  if (!early.ok) return early
  const encoded = await encodeLogo(deps, logo)
  if (!encoded.ok) return encoded
  return await deps.db.transaction(async (tx) => {
    const allowed = await checkMember(tx, organizationId, asker, 'applications.change')
    if (!allowed.ok) return allowed
    if (!(await lockOwnApplication(tx, organizationId, clientId)))
      return no(refusal('not_found', { field: 'application' }))
    await updateLogo(tx, organizationId, clientId, encoded.value)
    const about = { kind: 'application', id: clientId } as const
    const details = { logo: encoded.value === null ? 'removed' : 'changed' }
    await recordAct(
      tx,
      { ...byMember(asker, organizationId), what: 'application.changed', about, details },
      deps,
    )
    return ok(null)
  })
}

/** For everybody: it stands on the pages where people sign in. */
export async function findApplicationLogo({ db }: Pick<Deps, 'db'>, clientId: string): Promise<Logo | null> {
  return await findLogo(db, clientId)
}
