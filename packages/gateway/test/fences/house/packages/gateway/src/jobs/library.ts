// caught by: rooms jobs-brings-only-its-libraries
import pg from 'pg'

export const pool = pg.Pool
