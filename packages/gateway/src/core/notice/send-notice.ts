import { epochSeconds, type Instant } from '../../base/time.ts'
import type { Deps } from '../deps.ts'
import { findNoticeKeys } from '../organization/find-notice-keys.ts'
import type { Outgoing, Ports } from '../ports.ts'
import { webhookSecretPurpose } from './add-webhook-secret.ts'
import type { ClaimedNotice } from './claim-notices.ts'
import { printRequest } from './delivery.ts'
import type { Heard } from './notice.ts'
import { webhookHeaders } from './signature.ts'

/** What it takes to deliver. */
export type NoticePorts = Ports & Pick<Deps, 'net' | 'announcers' | 'findApiClient'>

/** A try that has been made, and nothing of it stored yet. */
export type Tried = {
  readonly notice: ClaimedNotice
  readonly startedAt: Instant
  readonly endedAt: Instant
  /** What was sent, as text (delivery.ts); it holds signatures and no secret. */
  readonly request: string
  /** Bytes of the body that was sent. */
  readonly bodyBytes: number
  readonly heard: Heard
}

const timeoutMs = 15_000
const longestAnswer = 2048
const nothing = { request: '', bodyBytes: 0 }

/** Prints, signs and sends a claimed notice. Never throws: whatever goes wrong is something that was heard. */
export async function sendNotice(deps: NoticePorts, notice: ClaimedNotice): Promise<Tried> {
  const startedAt = deps.clock.now()
  const tried = (sent: Pick<Tried, 'request' | 'bodyBytes'>, heard: Heard): Tried => {
    return { notice, startedAt, endedAt: deps.clock.now(), ...sent, heard }
  }
  if (notice.gone) return tried(nothing, { kind: 'not-sent', because: 'gone' })
  try {
    const message = await print(deps, notice, startedAt)
    return tried(kept(message), await deps.net.send(message))
  } catch (fault) {
    deps.log.error('notice.unprintable', { notice: notice.id, dialect: notice.dialect, fault })
    return tried(nothing, { kind: 'not-sent', because: 'unprintable' })
  }
}

async function print(deps: NoticePorts, notice: ClaimedNotice, at: Instant): Promise<Outgoing> {
  const announce = deps.announcers.get(notice.dialect)
  if (announce === undefined) throw new Error(`no dialect ${notice.dialect} announces`)
  const { organizationId, event } = notice
  const keys = await findNoticeKeys(deps, { apiClientId: event.apiClientId, organizationId })
  const { contentType, body } = announce(event, keys, deps.digests)
  const secrets = notice.secrets.map((sealed) => deps.vault.open(webhookSecretPurpose, sealed))
  const signed = { id: `msg_${notice.id}`, timestamp: epochSeconds(at), body }
  return {
    method: 'POST',
    url: notice.endpoint,
    headers: { 'content-type': contentType, ...webhookHeaders(deps.digests, signed, secrets) },
    body,
    timeoutMs,
    maxBytes: longestAnswer,
    bodyMayBeCut: true,
    trust: 'named-by-others',
  }
}

function kept({ body = '', ...message }: Outgoing): Pick<Tried, 'request' | 'bodyBytes'> {
  return { request: printRequest({ ...message, body }), bodyBytes: new TextEncoder().encode(body).length }
}
