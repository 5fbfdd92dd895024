import { after, days } from '../../base/time.ts'
import { recordOnce } from '../audit/record-once.ts'
import type { Deps } from '../deps.ts'
import { keepValues } from './repeat.sql.ts'

export type OneTime = {
  readonly clientId: string
  readonly organizationId: string
  /** What must be new in each request, by the parameter's name; null where it did not come. */
  readonly values: Readonly<Record<'code_challenge' | 'nonce', string | null>>
  /** The whole request and whose it is: the same again is a page that was reloaded. */
  readonly request: string
}

/** Longer than any code or token of an authorization is of use to who repeats its values. */
const keptFor = days(1)

/**
 * Notes an application that does not choose its `code_challenge` or `nonce` anew for each authorization (RFC 9700 section
 * 2.1.1): whoever reads one then knows the next. The request goes on, because its user has done nothing wrong.
 *
 * It is a statement of its own, and not part of the one that issues the code: its rows lie with the application and the
 * code's with its family, and whoever repeats a value waits for that value's row. Inside, all people of such an
 * application would wait for each other with their consents and sessions locked.
 */
export async function markRepeats(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'digests' | 'log'>,
  { clientId, organizationId, values, request }: OneTime,
): Promise<void> {
  const { sha256, equal } = deps.digests
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [{ name, hash: sha256(JSON.stringify([name, value])) }],
  )
  if (given.length === 0) return
  const hashes = given.map(({ hash }) => hash)
  const kept = { clientId, hashes, requestHash: sha256(request) }
  const repeated = await keepValues(deps.db, { ...kept, expiresAt: after(deps.clock.now(), keptFor) })
  for (const { name } of given.filter(({ hash }) => repeated.some((one) => equal(one, hash)))) {
    deps.log.warn('authorization value repeated', { clientId, parameter: name })
    const act = {
      what: 'authorization.value-repeated',
      by: { kind: 'application', id: clientId },
      about: { kind: 'application', id: clientId },
      organizationId,
      details: { parameter: name },
    } as const
    await deps.db.transaction(async (tx) => await recordOnce(tx, act, `${clientId} ${name}`, deps))
  }
}
