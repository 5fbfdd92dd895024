// What is said on each wire, as types and data. A dialect's words come under its name, because dialects share words.

export * from './hash.ts'
export * from './mac.ts'
export { diagnoseHash, causes, spellings } from './diagnose.ts'
export type { Cause, Diagnosis, Spelling } from './diagnose.ts'
export { fromBase64, sameBytes, toBase64, toHex } from './bytes.ts'
export * as ecitizen from './ecitizen.ts'
export * as events from './events.ts'
export * as oauth from './oauth.ts'
export * as pesaflow from './pesaflow.ts'
