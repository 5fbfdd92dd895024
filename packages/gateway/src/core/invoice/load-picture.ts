import { after, isBefore, minutes } from '../../base/time.ts'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { findInvoice } from './invoice.sql.ts'
import { findPicture, keepPicture, type KeptPicture } from './picture.sql.ts'
import { findPage } from './view-checkout.ts'

export type Picture = NonNullable<KeptPicture['picture']>

/** Shown at 72 CSS pixels; three device pixels each are plenty. */
const side = 216
const mostBytes = 5 * 1024 * 1024
const tryAgainAfter = minutes(10)

/**
 * The picture of a hosted page. Whoever opens the page never meets the address that the merchant gave: we fetch it
 * once, decode it and encode it anew, so that nothing but pixels reaches the payer and nobody can watch who pays.
 */
export async function loadPicture(
  deps: Deps,
  requestId: string,
): Promise<Result<Picture, Refusal<'not_found'>>> {
  const key = await findPage(deps, requestId)
  if (key === null) return no(refusal('not_found'))
  const kept = await findPicture(deps.db, key)
  if (
    kept !== null &&
    (kept.picture !== null || isBefore(deps.clock.now(), after(kept.fetchedAt, tryAgainAfter)))
  ) {
    return kept.picture === null ? no(refusal('not_found')) : ok(kept.picture)
  }
  const url = (await findInvoice(deps.db, key))?.pictureUrl ?? ''
  if (url === '') return no(refusal('not_found'))
  const picture = await fetchPicture(deps, url)
  await keepPicture(deps.db, key, { picture, fetchedAt: deps.clock.now() })
  return picture === null ? no(refusal('not_found')) : ok(picture)
}

async function fetchPicture(deps: Deps, url: string): Promise<Picture | null> {
  const answered = await deps.net.send({
    method: 'GET',
    url,
    headers: { accept: 'image/webp, image/png, image/jpeg, image/gif' },
    timeoutMs: 5_000,
    maxBytes: mostBytes,
    trust: 'named-by-others',
  })
  if (answered.kind !== 'answer' || answered.status !== 200) return null
  return await deps.pictures.reencode(answered.body, side)
}
