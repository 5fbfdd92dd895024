// caught by: rooms core-looks-only-where-allowed
import type { greeting } from '@lango/wire'

export type Greeting = typeof greeting
