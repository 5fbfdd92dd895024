import type { AssuranceLevel } from '../../core/factor/assurance.ts'
import type { Asked } from '../../http/asked.ts'
import { bodyFields, queryFields } from '../../http/fields.ts'
import { ownPath } from '../../http/next.ts'

/** Where somebody goes who came from nowhere. */
export const home = '/account'

/** Of a field that came twice neither counts: a form of ours sends each once. */
export function fieldOf(asked: Asked, name: string): string | undefined {
  const fields = asked.method === 'POST' ? bodyFields(asked) : queryFields(asked)
  return fields.ok ? fields.value.get(name) : undefined
}

export function nextOf(asked: Asked): string {
  return ownPath(fieldOf(asked, 'next'), home)
}

/** How sure whoever sent her here wants to be (`acr`); a word that we do not know asks for nothing more. */
export function wantedOf(asked: Asked): AssuranceLevel {
  return fieldOf(asked, 'acr') === 'aal2' ? 'aal2' : 'aal1'
}

/** What a page and its language links carry on: where to go afterwards and how sure to be. */
export function carried(asked: Asked): { readonly next: string; readonly acr?: string } {
  const wanted = wantedOf(asked)
  return { next: nextOf(asked), ...(wanted === 'aal1' ? {} : { acr: wanted }) }
}

/** A page of ours with its query. */
export function addressOf(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query).toString()}`
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
