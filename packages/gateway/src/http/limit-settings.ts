/** How an operator scales the limits: `machine.caller=10000,page.network=40`, requests a second. */
import { no, ok, type Result } from '../base/result.ts'
import { families, type Bucket, type Budget, type Families } from './limits.ts'

type Get = <T>(name: 'LANGO_LIMITS', parse: (text: string) => T | null, otherwise: T) => T

/** Tells each fault with what to mend: nothing in this setting is a secret. */
export function readLimitsConfig(get: Get, faults: string[]): Families {
  return get(
    'LANGO_LIMITS',
    (text) => {
      const read = readLimits(text)
      if (read.ok) return read.value
      faults.push(...read.refusal.map((fault) => `LANGO_LIMITS: ${fault}`))
      return families
    },
    families,
  )
}

/**
 * The buckets with other rates, each burst in the proportion that it has by itself; those that are not named stay as they
 * are. A refusal is a sentence for each fault, with what to mend.
 */
function readLimits(text: string): Result<Families, readonly string[]> {
  const faults: string[] = []
  const rates = new Map<string, number>()
  for (const part of text.split(',').map((each) => each.trim())) {
    const [, name = '', rate = ''] = /^([\w.]+) *= *(\d{1,9}(?:\.\d{1,3})?)$/.exec(part) ?? []
    const bucket = bucketOf(name)
    if (name === '') faults.push(`"${part}" has to be like machine.caller=10000, requests a second`)
    else if (bucket === null) faults.push(`there is no limit ${name}; there are ${names.join(', ')}`)
    else if (rates.has(name)) faults.push(`${name} is given twice`)
    else {
      rates.set(name, Number(rate))
      faults.push(...rateFaults(name, bucket, Number(rate)))
    }
  }
  if (faults.length > 0) return no(faults)
  const scaled = scale(rates)
  const hidden = hiddenFaults(scaled)
  return hidden.length > 0 ? no(hidden) : ok(scaled)
}

/** As `readLimits` reads them, all of them. */
export function printLimits(of: Families): string {
  return listed(of)
    .map(({ name, bucket }) => `${name}=${bucket.perSecond}`)
    .join(',')
}

/** A limit that hardly lets anybody in, or everybody, is a slip of the hand. */
const least = 1 / 20
const most = 100

function rateFaults(name: string, { perSecond }: Bucket, rate: number): readonly string[] {
  const [from, to] = [perSecond * least, perSecond * most]
  return rate >= from && rate <= to
    ? []
    : [`${name} must be from ${from} to ${to} a second; by itself it is ${perSecond}`]
}

/** One caller of an address is never let through more often than all of them together. */
function hiddenFaults(of: Families): readonly string[] {
  return Object.entries(of).flatMap(([family, buckets]) => {
    const network = buckets.find(({ counts }) => counts === 'network')
    const caller = buckets.find(({ counts }) => counts === 'caller')
    if (network === undefined || caller === undefined || caller.perSecond <= network.perSecond) return []
    return [
      `${family}.caller=${caller.perSecond} is more than ${family}.network=${network.perSecond} lets through; raise that too`,
    ]
  })
}

function scale(rates: ReadonlyMap<string, number>): Families {
  const scaled = (family: Budget): readonly Bucket[] =>
    families[family].map((bucket) => {
      const perSecond = rates.get(`${family}.${bucket.counts}`) ?? bucket.perSecond
      return { ...bucket, perSecond, burst: Math.round((bucket.burst * perSecond) / bucket.perSecond) }
    })
  return {
    machine: scaled('machine'),
    page: scaled('page'),
    secret: scaled('secret'),
    unlimited: scaled('unlimited'),
  }
}

function listed(of: Families): readonly { readonly name: string; readonly bucket: Bucket }[] {
  return Object.entries(of).flatMap(([family, buckets]) =>
    buckets.map((bucket) => ({ name: `${family}.${bucket.counts}`, bucket })),
  )
}

const names = listed(families).map(({ name }) => name)

function bucketOf(name: string): Bucket | null {
  return listed(families).find((each) => each.name === name)?.bucket ?? null
}

export const limitRows = {
  LANGO_LIMITS: {
    meaning: 'requests a second that each limit lets through; bursts keep their proportion',
    fallback: printLimits(families),
    must: 'like machine.network=20000,machine.caller=10000',
  },
} as const
