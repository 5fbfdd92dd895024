/** From a desk to where somebody proves herself once more, and back with what is needed to go on. */
import type { RefusalCode } from '../core/refusal.ts'
import type { Asked } from './asked.ts'
import { seeOther, type Reply } from './reply.ts'

/** The one field of a form that may stand in an address: nothing else that was typed goes into one. */
export const keptField = 'because'

const levelCodes = ['step_up_required', 'second_factor_missing'] as const
type LevelCode = (typeof levelCodes)[number]

export function isLevelCode(code: RefusalCode): code is LevelCode {
  return levelCodes.some((each) => each === code)
}

/** To where she proves that it is she, or is told how to become able to; and back to `next`. */
export function toConfirm(code: LevelCode, next: string): Reply {
  const asks = code === 'second_factor_missing' ? { next, acr: 'aal2' } : { next }
  return seeOther(`/signin/confirm?${new URLSearchParams(asks).toString()}`)
}

/** The page whose form was sent, with the reason that stood in it: who comes back presses once more, and types nothing. */
export function withReason(path: string, reason: string): string {
  return reason === '' ? path : `${path}?${new URLSearchParams({ [keptField]: reason }).toString()}`
}

export function addressNow({ path, queryText }: Asked): string {
  return path + (queryText === '' ? '' : `?${queryText}`)
}
