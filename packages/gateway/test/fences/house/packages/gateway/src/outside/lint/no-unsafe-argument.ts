// caught by: lint no-unsafe-argument
const take = (text: string): string => text
export const taken = take(JSON.parse('1'))
