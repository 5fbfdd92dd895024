import type { Vault } from '../ports.ts'
import type { Letter } from './message.ts'
import { letterPurpose } from './queue-message.ts'

/** What queueMessage sealed. */
export function openLetter(vault: Vault, sealed: Uint8Array): Letter {
  const [subject, text] = JSON.parse(vault.open(letterPurpose, sealed)) as readonly [string, string]
  return { subject, text }
}
