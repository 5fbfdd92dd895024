/** An application under the FAPI 2.0 Security Profile: it pushes, signs for itself, and proves a key at each step. */
import assert from 'node:assert/strict'
import type { CreateApplication } from '../../../src/core/application/create-application.ts'
import { openProver, type Prover } from '../../abuse/prover.ts'
import type { Browser } from '../account/town.ts'
import {
  answered,
  get,
  pathOf,
  post,
  press,
  redemption,
  requestOf,
  type Answer,
  type Application,
  type Gate,
  type Parameters,
} from './gate.ts'
import { openSigningShop, type SigningShop } from './signing-shop.ts'

export type Bank = {
  readonly application: Application
  readonly shop: SigningShop
  readonly prover: Prover
  readonly tokenUrl: string
  readonly parUrl: string
  /** Pushes a right request, or one that is changed; without a proof if none is given. */
  readonly push: (changed?: Parameters, proof?: string, assertion?: Parameters) => Promise<Answer>
  /** All that the browser brings back to the application for a pushed request that she agrees to. */
  readonly back: (changed?: Parameters, proof?: string) => Promise<Parameters>
  /** The code of it. */
  readonly code: (changed?: Parameters, proof?: string) => Promise<string>
  /** With a proof of its own key, of its own making, or with none (null). */
  readonly redeem: (code: string, changed?: Parameters, proof?: string | null) => Promise<Answer>
  readonly refresh: (
    token: string,
    changed?: Parameters,
    proof?: string | null,
    assertion?: Parameters,
  ) => Promise<Answer>
  readonly info: (token: string, proof?: string | null, scheme?: string) => Promise<Answer>
}

type Ask = (fields: Parameters, proof?: string | null, assertion?: Parameters) => Promise<Answer>

/** `browser` is whose person agrees. */
export async function openBank(
  gate: Gate,
  browser: Browser,
  wanted: Partial<CreateApplication> & { readonly alg?: string } = {},
): Promise<Bank> {
  const shop = await openSigningShop(gate, {
    name: 'Benki',
    ...wanted,
    more: { profile: 'fapi2', ...wanted.more },
  })
  const prover = await openProver(gate.deps.clock.now)
  const { application } = shop
  const [tokenUrl, parUrl, infoUrl] = ['token', 'par', 'userinfo'].map((name) => `${gate.url}/oauth/${name}`)
  assert.ok(tokenUrl !== undefined && parUrl !== undefined && infoUrl !== undefined)

  const push: Bank['push'] = async (changed = {}, proof, assertion) => {
    const fields = { ...requestOf(application, changed), ...(assertion ?? (await shop.assert())) }
    return await post(parUrl, fields, proof === undefined ? {} : { dpop: proof })
  }
  const back: Bank['back'] = async (changed, proof) => {
    const pushed = await push(changed, proof)
    assert.equal(pushed.status, 201, JSON.stringify(pushed.body))
    const page = await browser.get(pathOf(application, String(pushed.body['request_uri'])))
    return answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
  }
  const ask: Ask = async (fields, proof, assertion) => {
    const own = proof === undefined ? await prover.prove({ url: tokenUrl }) : proof
    const whole = { ...fields, ...(assertion ?? (await shop.assert())) }
    return await post(tokenUrl, whole, own === null ? {} : { dpop: own })
  }
  return {
    application,
    shop,
    prover,
    tokenUrl,
    parUrl,
    push,
    back,
    code: async (changed, proof) => {
      const { code, ...rest } = await back(changed, proof)
      assert.ok(code, JSON.stringify(rest))
      return code
    },
    redeem: async (code, changed, proof) => await ask(redemption(application, code, changed), proof),
    refresh: async (token, changed = {}, proof, assertion) =>
      await ask({ grant_type: 'refresh_token', refresh_token: token, ...changed }, proof, assertion),
    info: async (token, proof, scheme = 'DPoP') => {
      const own = proof === undefined ? await prover.prove({ url: infoUrl, method: 'GET', token }) : proof
      return await get(infoUrl, {
        authorization: `${scheme} ${token}`,
        ...(own === null ? {} : { dpop: own }),
      })
    },
  }
}

/** The access token of a right redemption. */
export function accessOf(answer: Answer): string {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body['token_type'], 'DPoP')
  return String(answer.body['access_token'])
}

/** Refused with this status and error. */
export function assertNo({ status, body }: Answer, error: readonly [number, string], words?: string): void {
  assert.deepEqual([status, body['error']], error, words ?? JSON.stringify(body))
}
