// caught by: lint no-misused-promises
export const each = (items: string[]): void => items.forEach(async (item) => await Promise.resolve(item))
