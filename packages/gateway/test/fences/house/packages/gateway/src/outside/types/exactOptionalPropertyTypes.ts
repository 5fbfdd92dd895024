// caught by: types TS2375
export const given: { name?: string } = { name: undefined }
