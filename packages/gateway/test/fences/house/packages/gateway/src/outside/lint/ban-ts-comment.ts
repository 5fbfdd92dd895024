// caught by: lint ban-ts-comment
// @ts-ignore
export const wrong: number = 'text'
