/** A person, an application, a merchant and a bank who go on as usual, each step at the next of the doors that are open. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { pesaflow as wire } from '@lango/wire'
import { Browser } from '../journeys/account/town.ts'
import {
  codeFor,
  get,
  introspected,
  redeem,
  refreshed,
  type Application,
  type TokenSet,
} from '../journeys/standard/gate.ts'
import { ask, encodings, hashOf, merchantDesk, type Heard, type Said } from '../merchant-desk.ts'
import type { Town } from '../world.ts'

export type Cast = {
  readonly application: Application
  readonly town: Town
  readonly identifier: string
  readonly password: string
}

/** The balancer: hands out the open doors in turn. */
export class Doors {
  #open: readonly string[] = []
  #turn = 0

  set(...urls: readonly string[]): void {
    this.#open = urls
  }

  next(): string {
    this.#turn += 1
    return this.#open[this.#turn % this.#open.length] ?? ''
  }
}

/** A browser whose requests arrive at whichever process; its cookies go along. */
export class Visitor {
  #cookies: ReadonlyMap<string, string> = new Map()

  at(url: string): Browser {
    const browser = new Browser(url, {})
    for (const [name, value] of this.#cookies) browser.cookies.set(name, value)
    this.#cookies = browser.cookies
    return browser
  }
}

export async function signIn(visitor: Visitor, url: string, { identifier, password }: Cast): Promise<void> {
  const page = await visitor.at(url).signIn(identifier, password)
  assert.equal(page.status, 303, page.body.slice(0, 500))
}

/** Each argument a door: where she asks for the code, and where the application redeems it. */
export async function obtain(
  visitor: Visitor,
  cast: Cast,
  [here, there]: readonly [string, string],
): Promise<TokenSet> {
  const code = await codeFor(visitor.at(here), cast.application, { scope: 'openid email offline_access' })
  return tokensIn(await redeem({ url: there }, cast.application, code))
}

export async function renew({ refresh }: TokenSet, { application }: Cast, url: string): Promise<TokenSet> {
  return tokensIn(await refreshed({ url }, application, refresh))
}

export async function mustBeGood({ access }: TokenSet, { application }: Cast, url: string): Promise<void> {
  assert.equal((await introspected({ url }, application, access))['active'], true)
  const info = await get(`${url}/oauth/userinfo`, { authorization: `Bearer ${access}` })
  assert.equal(info.status, 200, JSON.stringify(info.body))
}

function tokensIn({ status, body }: Awaited<ReturnType<typeof redeem>>): TokenSet {
  assert.equal(status, 200, JSON.stringify(body))
  const { access_token: access, refresh_token: refresh, id_token: id } = body
  return { access: String(access), refresh: String(refresh), id: String(id) }
}

/** The merchant's and the bank's side of a bill of 105.00. */
export function desk({ town }: Cast) {
  const merchant = merchantDesk({ url: '' }, town)
  // Two desks of one merchant must not write the same reference.
  const run = crypto.randomUUID().slice(0, 8)
  let count = 0
  const bill = async (url: string): Promise<string> => {
    count += 1
    const said = merchant.sign(merchant.order({ billRefNumber: `UP-${run}-${count}` }))
    const { status, body, text } = await ask(url + wire.paths.checkout[0], encodings.form(said))
    assert.equal(status, 200, text)
    return String(body['invoice_number'])
  }
  const payment = (number: string, part: string, amount: string): Said => {
    const said = {
      api_client_id: town.bank.apiClientId,
      ref_no: number,
      amount,
      currency: 'KES',
      gateway_transaction_id: `BANK-${number}-${part}`,
      gateway_transaction_date: '2026-11-22 12:00:00',
      customer_name: 'Wanjiku Kamau',
      customer_account_number: '254700000011',
    }
    return { ...said, secure_hash: hashOf(wire.recipes.confirm, said, town.bank.keys) }
  }
  const confirm = async (url: string, said: Said): Promise<void> => {
    const { status, body, text } = await ask(url + wire.paths.confirm, encodings.json(said))
    assert.equal(status, 200, text)
    assert.equal(body['description'], 'Success', text)
  }
  const mustBe = async (state: string, number: string, url: string): Promise<void> => {
    const heard: Heard = await ask(url + wire.paths.status[0], encodings.form(merchant.statusSaid(number)))
    assert.deepEqual([heard.status, heard.body['status']], [200, state], heard.text)
  }
  return { bill, payment, confirm, mustBe }
}

export type Traffic = {
  /** Until each of the two has gone a whole round that began after now. */
  readonly wholeRounds: (count: number) => Promise<void>
  /** Lets the rounds under way end; throws what went wrong in any. */
  readonly stop: () => Promise<void>
}

/** Goes round and round at the doors, gently. */
export function startTraffic(doors: Doors, cast: Cast, visitor: Visitor): Traffic {
  let isOver = false
  const rounds = [0, 0]
  const lane = async (place: number, round: () => Promise<void>): Promise<void> => {
    while (!isOver) {
      await round()
      rounds[place] = (rounds[place] ?? 0) + 1
      await sleep(20)
    }
  }
  const lanes = [lane(0, async () => await enter(doors, cast, visitor)), lane(1, payingAt(doors, cast))]
  let fault: unknown = null
  const running = Promise.all(lanes).catch((error: unknown) => {
    isOver = true
    fault = error
  })
  const mustGoOn = (): void => {
    if (fault !== null) throw fault as Error
  }
  return {
    wholeRounds: async (count) => {
      const until = rounds.map((done) => done + count + 1)
      while (rounds.some((done, place) => done < (until[place] ?? 0))) {
        mustGoOn()
        await sleep(20)
      }
    },
    stop: async () => {
      isOver = true
      await running
      mustGoOn()
    },
  }
}

async function enter(doors: Doors, cast: Cast, visitor: Visitor): Promise<void> {
  const first = await obtain(visitor, cast, [doors.next(), doors.next()])
  await mustBeGood(first, cast, doors.next())
  const second = await renew(first, cast, doors.next())
  await mustBeGood(second, cast, doors.next())
}

function payingAt(doors: Doors, cast: Cast): () => Promise<void> {
  const { bill, payment, confirm, mustBe } = desk(cast)
  return async () => {
    const number = await bill(doors.next())
    const half = payment(number, 'first', '40.00')
    await confirm(doors.next(), half)
    await mustBe('partial', number, doors.next())
    await confirm(doors.next(), payment(number, 'second', '65.00'))
    await mustBe('settled', number, doors.next())
    // A bank that did not hear the answer says it again, to whichever process.
    await confirm(doors.next(), half)
    await mustBe('settled', number, doors.next())
  }
}
