import { claimNotices } from './claim-notices.ts'
import type { Lane } from './notice.ts'
import { saveTries } from './save-tries.ts'
import { sendNotice, type NoticePorts } from './send-notice.ts'

export type Delivered = { readonly delivered: number; readonly waiting: number; readonly givenUp: number }

const atOnce = 100

/** Tries every notice that is due now, once, and answers when all were tried. The job sends without waiting so. */
export async function deliverNotices(deps: NoticePorts): Promise<Delivered> {
  const counts = { delivered: 0, waiting: 0, 'given-up': 0 }
  let behind: Lane | null = null
  for (;;) {
    const { notices, cursor } = await claimNotices(deps, atOnce, behind)
    const tried = await Promise.all(notices.map(async (notice) => await sendNotice(deps, notice)))
    if (tried.length > 0) for (const { state } of await saveTries(deps, tried)) counts[state] += 1
    if (notices.length === 0 && cursor === null) break
    behind = cursor
  }
  return { delivered: counts.delivered, waiting: counts.waiting, givenUp: counts['given-up'] }
}
