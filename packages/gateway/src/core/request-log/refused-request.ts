/** The request log: what was refused to an application and why, for those who made the application. */
import { days, type Instant } from '../../base/time.ts'
import type { BucketRule } from '../limit/bucket.ts'
import type { RefusalReason } from './reason.ts'

/** A request as far as its refusal can be told from it. Lives in memory until the reason is found, then is redacted. */
export type SeenRequest = {
  /** Correlation id. */
  readonly id: string
  readonly path: string
  /** Query, then body; JSON members as texts. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
  /** Who it says to be; empty when it does not say. */
  readonly clientId: string
  /** The secret that came along, in whatever place. */
  readonly secret: string | null
  /** The token that it is about or comes with. */
  readonly token: string | null
}

export type RefusedRequest = {
  readonly organizationId: string
  readonly id: string
  readonly at: Instant
  readonly clientId: string
  readonly endpoint: string
  readonly code: string
  /** Null where the protocol's sentence is all there is. */
  readonly reason: RefusalReason | null
  /** The protocol's sentence; of a reason its name. */
  readonly because: string
  readonly parameters: readonly (readonly [name: string, value: string | null])[]
}

/** Long enough to come back from a weekend, short enough to stay small. */
export const requestsKept = days(14)

/** Of one application in one process: a broken loop somewhere must not fill a table. */
export const loggedOfClient: BucketRule = { burst: 200, perSecond: 1 }
/** Of all names that are no application's, together: anybody can make them up. */
export const loggedOfNobody: BucketRule = { burst: 60, perSecond: 0.1 }

/** Values that are no secret and without which nobody finds the mistake. Of all others the name alone is kept. */
const shown: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'scope',
  'grant_type',
  'response_type',
  'code_challenge_method',
  'prompt',
]) // prettier-ignore -- a list of words

const mostParameters = 40

/** Names, and of a few the values. Whatever is not on the list is null, so a new parameter is hidden until it is known. */
export function redacted(parameters: SeenRequest['parameters']): RefusedRequest['parameters'] {
  return parameters
    .slice(0, mostParameters)
    .map(([name, value]) => [cut(name, 60), shown.has(name) ? cut(value, 500) : null])
}

/** PostgreSQL's text and JSON know no NUL, and half a surrogate pair is no text. */
export function cut(text: string, most: number): string {
  return text.slice(0, most).replaceAll('\0', '\uFFFD').toWellFormed()
}

/** The paths of applications that sign people in; other refusals are others' business. */
export function isLogged(path: string): boolean {
  return /^(\/[A-Za-z-]{2,8})?\/oauth\//.test(path) || /^\/api\/(oauth\/|user-?info$)/.test(path)
}
