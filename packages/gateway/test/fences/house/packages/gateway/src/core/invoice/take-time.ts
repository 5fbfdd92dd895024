export const takeTime = (): number => Date.now()
