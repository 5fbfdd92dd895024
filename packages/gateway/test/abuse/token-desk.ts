/** Two applications of one town, and what is asked about their tokens again and again. */
import assert from 'node:assert/strict'
import { strict } from '../../src/core/token/grant.ts'
import {
  introspected,
  openGate,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'

export type TokenDesk = {
  readonly gate: Gate
  readonly shop: Application
  readonly other: Application
  /** Of the shop's tokens, if no other application is named. */
  readonly isActive: (token: string, application?: Application) => Promise<boolean>
}

export const offline = { scope: 'openid email offline_access' }

/** Longer than a refresh token that was used gives the same answer. */
export const window = strict.sameAnswerFor

export async function openTokenDesk(): Promise<TokenDesk> {
  const gate = await openGate()
  const shop = await gate.application()
  return {
    gate,
    shop,
    other: await gate.application({ name: 'Other' }),
    isActive: async (token, application = shop) =>
      (await introspected(gate, application, token))['active'] === true,
  }
}

export function refusedAs(answer: Answer, error: string): void {
  assert.deepEqual([answer.status, answer.body['error']], [400, error])
}
