// caught by: nothing
export const greeting = 'hello'
