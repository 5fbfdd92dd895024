import { askAttempts } from '../core/attempt/ask-attempts.ts'
import { readCallbacks } from '../core/attempt/read-callbacks.ts'
import { linkActs, wasFull } from '../core/audit/link-acts.ts'
import type { Deps } from '../core/deps.ts'
import { deliverLogouts } from '../core/session/deliver-logouts.ts'
import { expireTokens, wasFullRound } from '../core/token/expire-tokens.ts'
import { forgetAnswers } from '../core/token/forget-answers.ts'
import { forgetRefusedRequests } from '../core/request-log/forget-refused-requests.ts'
import { forgetSessions } from '../core/session/forget-sessions.ts'
import { forgetBuckets } from '../core/limit/forget-buckets.ts'
import { rollBalances } from '../core/ledger/roll-balances.ts'
import { forgetDrafts } from '../core/moving-in/forget-drafts.ts'
import { forgetMessages } from '../core/message/forget-messages.ts'
import { sendMessages } from '../core/message/send-messages.ts'
import type { Decision } from '../core/notice/notice.ts'
import { forgetDeliveries } from '../core/notice/forget-deliveries.ts'
import { releaseNotices } from '../core/notice/release-notices.ts'
import type { MaintenanceWatch } from '../core/switch/watch-maintenance.ts'
import { deliverJob } from './deliver.ts'
import { every, type Job } from './job.ts'

export type JobsOptions = {
  readonly maintenance: MaintenanceWatch
  /** Told what each try to deliver a notice came to. */
  readonly noticed?: (state: Decision['state']) => void
}

const second = 1000
const minute = 60 * second

/**
 * All that runs by itself. Several processes may run the same list: each job shares its work out, or does a second
 * time what changes nothing.
 */
export function allJobs({ maintenance, noticed }: JobsOptions): readonly Job[] {
  return [
    deliverJob(noticed),
    every(5 * second, 'release abandoned notices', releaseNotices),
    every(second, 'watch maintenance', maintenance.look),
    every(second, 'ask attempts', askAttempts, someWere),
    every(5 * second, 'read callbacks', readCallbacks, someWere),
    every(second, 'roll balances', rollBalances),
    every(second, 'chain acts', async (deps: Deps) => await linkActs(deps), wasFull),
    every(60 * minute, 'renew signing keys', async (deps: Deps) => await deps.signer.renew()),
    every(second, 'deliver logouts', deliverLogouts, someWere),
    every(10 * minute, 'expire tokens', async (deps: Deps) => await expireTokens(deps), wasFullRound),
    every(10 * second, 'forget answers', forgetAnswers, (more) => more),
    every(10 * minute, 'forget refused requests', forgetRefusedRequests, (more) => more),
    every(10 * minute, 'forget deliveries', forgetDeliveries, (more) => more),
    every(10 * minute, 'forget buckets', forgetBuckets, (more) => more),
    every(10 * minute, 'forget sessions', forgetSessions, (more) => more),
    every(
      second,
      'send e-mails',
      async (deps: Deps) => await sendMessages(deps, 'email'),
      (more) => more,
    ),
    every(
      second,
      'send text messages',
      async (deps: Deps) => await sendMessages(deps, 'sms'),
      (more) => more,
    ),
    every(10 * minute, 'forget messages', forgetMessages, (more) => more),
    every(10 * minute, 'forget drafts of imports', forgetDrafts, (more) => more),
  ]
}

/** Those that were looked after are put off for a while, so this comes to an end. */
function someWere(count: number): boolean {
  return count > 0
}
