export const amount = parseFloat('10.10')
