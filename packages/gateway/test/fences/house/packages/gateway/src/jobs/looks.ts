// caught by: rooms jobs-looks-only-where-allowed
import { pool } from '../outside/postgres.ts'

export const looks = pool
