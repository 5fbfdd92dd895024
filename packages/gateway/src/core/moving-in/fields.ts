/** The fields of one JSON object that somebody wrote by hand or exported from elsewhere. */

export type Fields = {
  /** What is wrong with them, a sentence each, in the order in which they were read. */
  readonly faults: string[]
  readonly value: (name: string) => unknown
  /** Null where there is none. Numbers count as texts: ids and codes are often written so. */
  readonly text: (name: string) => string | null
  /** The same, and a fault where there is none. */
  readonly need: (name: string) => string | null
  readonly list: (name: string) => readonly string[]
  readonly truth: (name: string) => boolean
  readonly oneOf: <Word extends string>(name: string, words: readonly Word[], usual: Word) => Word
}

/** Null when it is no object. Names are the same however they are written: `client_id`, `client-id`, `clientID`. */
export function readFields(value: unknown, known: readonly string[]): Fields | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const faults: string[] = []
  const given = new Map<string, unknown>()
  for (const [written, one] of Object.entries(value)) {
    const name = known.find((each) => bare(each) === bare(written))
    if (name === undefined) faults.push(`There is no ${written.slice(0, 50)} here: ${known.join(', ')}.`)
    else if (given.has(name)) faults.push(`${name}: stands there twice.`)
    else given.set(name, one)
  }
  const text = (name: string): string | null => {
    const one = given.get(name)
    if (one === undefined || one === null || one === '') return null
    if (typeof one === 'string' && one.isWellFormed() && !one.includes('\0')) return one.trim()
    if (typeof one === 'number' && Number.isSafeInteger(one)) return String(one)
    faults.push(`${name}: give a text.`)
    return null
  }
  const need = (name: string): string | null => {
    const before = faults.length
    const one = text(name)
    if (one === null && faults.length === before) faults.push(`${name}: is missing.`)
    return one
  }
  return {
    faults,
    value: (name) => given.get(name),
    text,
    need,
    list: (name) => {
      const one = given.get(name) ?? []
      const all: readonly unknown[] = Array.isArray(one) ? one : [one]
      if (all.length <= longestList && all.every((each) => typeof each === 'string')) return all
      faults.push(`${name}: give a list of at most ${longestList} texts.`)
      return []
    },
    truth: (name) => {
      const one = given.get(name) ?? false
      if (typeof one !== 'boolean') faults.push(`${name}: true or false, without quotes.`)
      return one === true
    },
    oneOf: (name, words, usual) => {
      const written = text(name) ?? usual
      const word = words.find((each) => each === written)
      if (word === undefined) faults.push(`${name}: one of ${words.join(', ')}.`)
      return word ?? usual
    },
  }
}

const longestList = 50

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}
