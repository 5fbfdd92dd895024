// caught by: lint max-depth
export function deep(n: number): number {
  if (n > 1) {
    if (n > 2) {
      if (n > 3) {
        if (n > 4) return n
      }
    }
  }
  return 0
}
