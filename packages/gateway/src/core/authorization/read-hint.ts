import type { Deps } from '../deps.ts'

/** Whose ID token a text is, and for whom; `unreadable` when we did not sign it. Its age does not matter. */
export type Hint = { readonly subject: string; readonly clientId: string; readonly sid: string | null }

export async function readHint(
  deps: Pick<Deps, 'signer'>,
  text: string | undefined,
): Promise<Hint | 'unreadable' | null> {
  if (text === undefined) return null
  const claims = await deps.signer.read(text)
  const { sub, aud, sid } = claims ?? {}
  if (typeof sub !== 'string' || typeof aud !== 'string') return 'unreadable'
  return { subject: sub, clientId: aud, sid: typeof sid === 'string' ? sid : null }
}
