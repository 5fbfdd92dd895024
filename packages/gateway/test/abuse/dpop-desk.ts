/** An application with a secret, two keys, and the steps that a token takes which is bound to one of them: RFC 9449. */
import assert from 'node:assert/strict'
import {
  codeFor,
  get,
  openGate,
  post,
  redemption,
  type Answer,
  type Application,
  type Gate,
} from '../journeys/standard/gate.ts'
import { openProver, type Changed, type Prover } from './prover.ts'

export type DpopDesk = {
  readonly gate: Gate
  readonly shop: Application
  readonly prover: Prover
  readonly other: Prover
  /** The shop's access token, bound to the prover's key. */
  readonly bound: string
  readonly tokenUrl: string
  readonly infoUrl: string
  readonly redeemWith: (application: Application, proof: string | null) => Promise<Answer>
  readonly infoWith: (token: string, proof: string | null, scheme?: string) => Promise<Answer>
  /** A proof for user information with the bound token. */
  readonly proveInfo: (changed?: Changed, by?: Prover) => Promise<string>
}

export const offline = { scope: 'openid offline_access' }

export async function openDpopDesk(): Promise<DpopDesk> {
  const gate = await openGate()
  const shop = await gate.application()
  const prover = await openProver(gate.deps.clock.now)
  const tokenUrl = `${gate.url}/oauth/token`
  const infoUrl = `${gate.url}/oauth/userinfo`
  const redeemWith: DpopDesk['redeemWith'] = async (application, proof) => {
    const code = await codeFor(await gate.signedIn(), application, offline)
    return await post(tokenUrl, redemption(application, code), proof === null ? {} : { dpop: proof })
  }
  const answer = await redeemWith(shop, await prover.prove({ url: tokenUrl }))
  assert.equal(answer.status, 200)
  const bound = String(answer.body['access_token'])
  return {
    gate,
    shop,
    prover,
    other: await openProver(gate.deps.clock.now),
    bound,
    tokenUrl,
    infoUrl,
    redeemWith,
    infoWith: async (token, proof, scheme = 'DPoP') => {
      const headers = { authorization: `${scheme} ${token}`, ...(proof === null ? {} : { dpop: proof }) }
      return await get(infoUrl, headers)
    },
    proveInfo: async (changed = {}, by = prover) =>
      await by.prove({ url: infoUrl, method: 'GET', token: bound }, changed),
  }
}
