import { batcher } from '../base/batch.ts'
import { claimNotices } from '../core/notice/claim-notices.ts'
import type { Decision, Lane } from '../core/notice/notice.ts'
import { saveTries } from '../core/notice/save-tries.ts'
import { sendNotice, type NoticePorts, type Tried } from '../core/notice/send-notice.ts'
import type { Job } from './job.ts'

/** Notices under way at once in this process: sockets and memory, not processor. */
const mostUnderWay = 512
/** A claim below this is put off until more have come home, so that a busy process claims in batches. */
const smallestClaim = 16
/** A stop waits so long for answers; who has not answered then gets the notice again from the next process. */
const patienceMs = 5000

/**
 * Sends what is due without waiting for the slowest: a round claims as many as there is room for and lets each end
 * by itself. Outcomes that arrive together are saved together.
 */
export function deliverJob(observe: (state: Decision['state']) => void = () => undefined): Job<NoticePorts> {
  const underWay = new Set<Promise<void>>()
  let behind: Lane | null = null
  return {
    name: 'deliver notices',
    everyMs: 1000,
    start: (deps, nudge) => {
      const save = savers(deps)
      const deliver = async (notice: Parameters<typeof sendNotice>[1]): Promise<void> => {
        try {
          observe((await save('tries', await sendNotice(deps, notice))).state)
        } catch (fault) {
          // Its lease ends, and it is sent again.
          deps.log.error('notice.unsaved', { notice: notice.id, fault })
        }
      }
      return async () => {
        const room = mostUnderWay - underWay.size
        if (room < smallestClaim) return false
        const { notices, cursor } = await claimNotices(deps, room, behind)
        behind = cursor
        for (const notice of notices) {
          const delivery = deliver(notice).finally(() => {
            underWay.delete(delivery)
            // Its place is free, in its lane and in this process: there may be another that waited for it.
            nudge()
          })
          underWay.add(delivery)
        }
        return cursor !== null
      }
    },
    settle: async () => {
      await Promise.race([Promise.all(underWay), later(patienceMs)])
    },
  }
}

function savers(deps: NoticePorts): (partition: string, tried: Tried) => Promise<Decision> {
  return batcher<Tried, Decision>({
    run: async (tries) => await saveTries(deps, tries),
    limit: 100,
    queue: mostUnderWay,
  })
}

async function later(ms: number): Promise<void> {
  await new Promise((done) => setTimeout(done, ms).unref())
}
