// caught by: lint no-unnecessary-type-assertion
const text = 'a' as string
export const again = text as string
