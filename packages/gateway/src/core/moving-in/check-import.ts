import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../deps.ts'
import { checkMember, type MemberNo } from '../organization/check-member.ts'
import type { Asker } from '../organization/member.ts'
import { refusal, type Refusal } from '../refusal.ts'
import { readDocument } from './document.ts'
import { saveDraft } from './import-request.sql.ts'

/** What the vault seals it for. */
export const sealedFor = 'import-request'

/** Keeps a document, so that its owner sees what would become of it and can confirm. It replaces the draft before. */
export async function checkImport(
  deps: Pick<Deps, 'db' | 'ids' | 'clock' | 'vault'>,
  asker: Asker,
  { organizationId, text }: { readonly organizationId: string; readonly text: string },
): Promise<Result<null, MemberNo | Refusal<'field_invalid'>>> {
  const allowed = await checkMember(deps.db, organizationId, asker, 'import')
  if (!allowed.ok) return allowed
  const rows = readDocument(text)
  if (!rows.ok) return no(refusal('field_invalid', { field: 'document', because: rows.refusal }))
  const kept = await saveDraft(deps.db, {
    organizationId,
    id: deps.ids.next(),
    askedBy: asker.accountId,
    createdAt: deps.clock.now(),
    sealed: deps.vault.seal(sealedFor, text),
  })
  if (kept) return ok(null)
  const because = 'Another document waits for an operator: withdraw that one first.'
  return no(refusal('field_invalid', { field: 'document', because }))
}
