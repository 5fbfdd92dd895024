// caught by: types TS7028
export function label(): void {
  idle: for (;;) break
}
