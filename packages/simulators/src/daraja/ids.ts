import type { Chance } from '../chance.ts'
import { nairobi } from '../nairobi.ts'

/** Identifiers in the provider's own shapes, none given twice. */
export type Ids = {
  /** `29115-34620561-1`; also the shape of an error's requestId. */
  readonly merchantRequest: () => string
  /** `ws_CO_` and DDMMYYYYHHmmss with four more digits. */
  readonly checkoutRequest: (now: number) => string
  /** Ten capitals and digits, the first three of which spell the date. */
  readonly receipt: (now: number) => string
}

export function darajaIds(chance: Chance): Ids {
  const fresh = uniqueness()
  return {
    merchantRequest: () => `${chance.digits(5)}-${chance.digits(8)}-1`,
    checkoutRequest: (now) => {
      const { day, month, year, hour, minute, second } = nairobi(now)
      return fresh(
        (extra) => `ws_CO_${day}${month}${year}${hour}${minute}${second}${chance.digits(4 + extra)}`,
      )
    },
    receipt: (now) => fresh((extra) => receiptAt(now, extra)),
  }
}

/**
 * A receipt number. M-PESA spells year, month and day in its first three characters (2019-12-19 is `NLJ`); the rest is the
 * millisecond of the day. It is not drawn by chance, so that a restart under the same seed never repeats a receipt: the
 * gateway would rightly take the second payment for a replay of the first.
 */
function receiptAt(now: number, later: number): string {
  const { year, month, day, ofDay } = nairobi(now)
  const letter = (number: number): string => String.fromCharCode(65 + (number % 26))
  const dayOfMonth = Number(day) < 10 ? String(Number(day)) : letter(Number(day) - 10)
  const moment = (ofDay * 36 + later).toString(36).toUpperCase().padStart(7, '0')
  return letter(Number(year) - 2006) + letter(Number(month) - 1) + dayOfMonth + moment
}

/** Remembers the last identifiers and asks again, with a rising number, for one that was given already. */
function uniqueness(): (make: (attempt: number) => string) => string {
  const most = 5_000
  const given = new Set<string>()
  return (make) => {
    let attempt = 0
    let id = make(attempt)
    while (given.has(id)) {
      attempt += 1
      id = make(attempt)
    }
    given.add(id)
    const [oldest] = given
    if (given.size > most && oldest !== undefined) given.delete(oldest)
    return id
  }
}
