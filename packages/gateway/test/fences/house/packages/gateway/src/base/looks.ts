// caught by: rooms base-looks-only-where-allowed
import type { Deps } from '../core/deps.ts'

export type Ports = Deps
