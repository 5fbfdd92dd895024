// caught by: lint no-unsafe-return
export const back = (): string => JSON.parse('1')
