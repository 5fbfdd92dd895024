// caught by: nothing
export const push = (currency: string): string => `push ${currency}`
