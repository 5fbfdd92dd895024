// caught by: nothing
export const world = 'world'
