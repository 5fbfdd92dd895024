// caught by: lint no-unsafe-assignment
export const parsed: string = JSON.parse('1')
