// caught by: rooms channels-looks-only-where-allowed
import type { Reply } from '../http/reply.ts'

export type Answer = Reply
