// caught by: lint no-explicit-any
export const anything = (value: any): string => typeof value
