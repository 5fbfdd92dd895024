import { randomFillSync } from 'node:crypto'
import { uuidv7, type Chance, type Ids } from '../base/id.ts'
import type { Clock } from '../base/time.ts'

/** Unguessable bytes from the operating system, fetched some hundred calls ahead: a call costs more than its bytes. */
export const systemChance: Chance = { bytes: takeBytes }

const stock = new Uint8Array(4096)
let taken = stock.length

function takeBytes(length: number): Uint8Array {
  if (length > 256) return randomFillSync(new Uint8Array(length))
  if (taken + length > stock.length) {
    randomFillSync(stock)
    taken = 0
  }
  const bytes = stock.slice(taken, taken + length)
  // What was given is forgotten here, so that no later look into memory finds a secret a second time.
  stock.fill(0, taken, taken + length)
  taken += length
  return bytes
}

/** The twelve bits that follow the time are a counter; it starts in its lower half, so there is room to count. */
const counterLimit = 0x1000
const counterStart = 0x07ff

/**
 * Identifiers that rise strictly within a process, also inside one millisecond and when the clock steps back
 * (RFC 9562 section 6.2, method 1): new rows go to the end of an index, and equal times keep their order.
 */
export function openIds(clock: Clock, chance: Chance): Ids {
  let lastMs = -1
  let counter = 0
  return {
    next: () => {
      const random = chance.bytes(10)
      const now = Math.trunc(clock.now().epochMs)
      if (now > lastMs) {
        lastMs = now
        counter = ((random[0] ?? 0) * 256 + (random[1] ?? 0)) & counterStart
      } else if (++counter === counterLimit) {
        lastMs += 1
        counter = 0
      }
      random[0] = counter >> 8
      random[1] = counter & 0xff
      return uuidv7(lastMs, random)
    },
  }
}
