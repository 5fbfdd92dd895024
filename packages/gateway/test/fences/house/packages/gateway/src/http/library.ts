// caught by: rooms http-brings-only-its-libraries
import pg from 'pg'

export const pool = pg.Pool
