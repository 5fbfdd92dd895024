// caught by: lint no-misused-spread
export const lost = { ...new Map([['a', 1]]) }
