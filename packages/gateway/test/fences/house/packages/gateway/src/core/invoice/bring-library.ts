// caught by: rooms core-is-ours
import pg from 'pg'

export const bringLibrary = pg.Pool
