import { within, type Tx } from '../../base/db.ts'
import { no, ok, type Result } from '../../base/result.ts'
import { canBeClientId } from '../application/find-application.ts'
import { recordAct } from '../audit/act.sql.ts'
import type { Deps } from '../deps.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { checkMember, type MemberNo } from './check-member.ts'
import { rotateApiKey, type CreatedApiClient } from './create-api-client.ts'
import type { ApiClientKey } from './list-api-clients.ts'
import { byMember, type Asker } from './member.ts'
import { nameFault, tidyName } from './name.ts'
import { isOverlap, overlaps } from './overlap.ts'
import {
  findOwnKeys,
  lockOwnClient,
  retireKey,
  updateClientEnd,
  updateClientName,
} from './own-api-client.sql.ts'

type Needs = Pick<Deps, 'db' | 'ids' | 'clock' | 'chance' | 'digests' | 'vault' | 'log'>
type ChangeNo = MemberNo | Refusal<'field_invalid'>
type RotateNo = ChangeNo | Refusal<'client_unknown'>

/** A new key; the one before ends after the overlap. Never more than two at a time, so that each side knows which is which. */
export async function rotateOwnKey(
  deps: Needs,
  asker: Asker,
  { overlap, ...own }: ApiClientKey & { readonly overlap: string },
): Promise<Result<CreatedApiClient, RotateNo>> {
  return await onLiveClient<CreatedApiClient, RotateNo>(deps, asker, own, async (tx) => {
    if (!isOverlap(overlap)) return no(invalid('overlap', 'Choose when the key before ends.'))
    const had = await findOwnKeys(tx, own.apiClientId, deps.clock.now())
    if (had.length > 1 && overlap !== 'at once')
      return no(invalid('overlap', 'Two keys are good already: end one first, or let both end at once.'))
    const { by, requestId } = byMember(asker, own.organizationId)
    const asked = { apiClientId: own.apiClientId, overlap: overlaps[overlap], by, requestId }
    return await rotateApiKey({ ...deps, db: within(tx) }, asked)
  })
}

/** Ends one of several keys before its time. */
export async function endOwnKey(
  deps: Needs,
  asker: Asker,
  { keyId, ...own }: ApiClientKey & { readonly keyId: string },
): Promise<Result<null, ChangeNo>> {
  return await onLiveClient<null, ChangeNo>(deps, asker, own, async (tx) => {
    const now = deps.clock.now()
    const had = await findOwnKeys(tx, own.apiClientId, now)
    if (!had.some(({ id }) => id === keyId)) return no(refusal('not_found', { field: 'key' }))
    if (had.length === 1)
      return no(invalid('key', 'It is the only key: give a new one that ends it at once, or end them all.'))
    await retireKey(tx, own.apiClientId, keyId, now)
    await recordAct(tx, { ...actOn(asker, own), what: 'api-client.key-ended' }, deps)
    return ok(null)
  })
}

/** Ends the caller with all its keys, for good. `confirm` is its id, typed by whoever means it. */
export async function endApiClient(
  deps: Needs,
  asker: Asker,
  { confirm, ...own }: ApiClientKey & { readonly confirm: string },
): Promise<Result<null, ChangeNo>> {
  return await onLiveClient<null, ChangeNo>(deps, asker, own, async (tx) => {
    if (confirm !== own.apiClientId)
      return no(invalid('confirm', `Type ${own.apiClientId} to end it: this cannot be undone.`))
    await updateClientEnd(tx, own.organizationId, own.apiClientId, deps.clock.now())
    await recordAct(tx, { ...actOn(asker, own), what: 'api-client.ended' }, deps)
    return ok(null)
  })
}

export async function renameApiClient(
  deps: Needs,
  asker: Asker,
  { name: given, ...own }: ApiClientKey & { readonly name: string },
): Promise<Result<null, ChangeNo>> {
  const name = tidyName(given)
  return await onLiveClient<null, ChangeNo>(deps, asker, own, async (tx) => {
    const fault = nameFault(name)
    if (fault !== null) return no(invalid('name', fault))
    await updateClientName(tx, own.organizationId, own.apiClientId, name)
    await recordAct(tx, { ...actOn(asker, own), what: 'api-client.renamed', details: { name } }, deps)
    return ok(null)
  })
}

/** Does it to a caller of this organization that has not ended, for a member who may; all else is unknown or over. */
async function onLiveClient<Value, No extends Refusal>(
  { db }: Needs,
  asker: Asker,
  { organizationId, apiClientId }: ApiClientKey,
  work: (tx: Tx) => Promise<Result<Value, No>>,
): Promise<Result<Value, No | ChangeNo>> {
  return await db.transaction(async (tx): Promise<Result<Value, No | ChangeNo>> => {
    const allowed = await checkMember(tx, organizationId, asker, 'keys.change')
    if (!allowed.ok) return allowed
    const state = canBeClientId(apiClientId) ? await lockOwnClient(tx, organizationId, apiClientId) : null
    if (state === null) return no(refusal('not_found', { field: 'client' }))
    if (state === 'ended') return no(invalid('client', 'It has ended. Make another one instead.'))
    return await work(tx)
  })
}

function actOn(asker: Asker, { organizationId, apiClientId }: ApiClientKey) {
  return { ...byMember(asker, organizationId), about: { kind: 'api-client', id: apiClientId } } as const
}

function invalid(field: string, because: string): Refusal<'field_invalid'> {
  return refusal('field_invalid', { field, because })
}
