// caught by: lint no-unsafe-call
export const called: unknown = JSON.parse('1')()
