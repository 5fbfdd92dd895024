/**
 * Values by key, made when first asked for, at most `most` of them. Whoever was asked for among the latest half is
 * remembered; the rest may be forgotten together. Nothing is moved for a key that is asked for again and again, so a look-up
 * costs no more than a map's.
 */
export function remembering<Value>(most: number): (key: string, make: () => Value) => Value {
  let late = new Map<string, Value>()
  let early = new Map<string, Value>()
  return (key, make) => {
    const found = late.get(key)
    if (found !== undefined) return found
    const value = early.get(key) ?? make()
    if (late.size >= most / 2) {
      early = late
      late = new Map()
    }
    late.set(key, value)
    return value
  }
}
