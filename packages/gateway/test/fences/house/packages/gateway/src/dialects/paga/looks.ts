// caught by: rooms dialects-looks-only-where-allowed
import { pool } from '../../outside/postgres.ts'

export const looks = pool
