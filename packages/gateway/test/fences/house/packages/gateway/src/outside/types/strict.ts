// caught by: types TS2322
export const text: string = null
