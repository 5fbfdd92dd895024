// caught by: rooms door-looks-only-where-allowed, rooms nobody-imports-the-bench-or-the-examples
import { run } from '../../../bench/run.ts'

export const app = run
