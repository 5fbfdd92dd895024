/** A map that forgets its oldest entry when it is full, so that no stranger can fill the memory. */
export function boundedMap<Value>(most: number) {
  const entries = new Map<string, Value>()
  return {
    get: (key: string): Value | undefined => entries.get(key),
    set: (key: string, value: Value): void => {
      entries.set(key, value)
      const [oldest] = entries.keys()
      if (entries.size > most && oldest !== undefined) entries.delete(oldest)
    },
    delete: (key: string): void => void entries.delete(key),
    values: (): readonly Value[] => [...entries.values()],
  }
}
