// caught by: types TS7029
export function fall(n: number): number {
  let sum = 0
  switch (n) {
    case 1:
      sum += 1
    case 2:
      sum += 2
  }
  return sum
}
