// caught by: types TS7030
export function maybe(n: number) {
  if (n > 1) return n
}
