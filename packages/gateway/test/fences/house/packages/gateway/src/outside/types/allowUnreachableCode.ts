// caught by: types TS7027
export function never(): number {
  return 1
  return 2
}
