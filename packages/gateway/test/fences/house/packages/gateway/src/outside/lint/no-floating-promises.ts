// caught by: lint no-floating-promises
const send = async (): Promise<number> => await Promise.resolve(1)
export function forget(): void {
  send()
}
