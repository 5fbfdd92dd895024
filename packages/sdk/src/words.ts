import { pesaflow } from '@lango/wire'
import type { LangoErrorCode } from './fault.ts'

/** What Pesaflow's own words for a refusal mean. Others are told apart by their HTTP status. */
export const words: ReadonlyMap<string, LangoErrorCode> = new Map([
  [pesaflow.errors.invalidHash, 'invalid_hash'],
  [pesaflow.errors.referenceTaken, 'reference_taken'],
  [pesaflow.errors.invoiceNotFound, 'not_found'],
  [pesaflow.errors.notGranted, 'forbidden'],
])
