// caught by: types TS6133
export const ignore = (unused: number): number => 1
