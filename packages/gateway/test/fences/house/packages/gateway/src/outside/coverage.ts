// caught by: coverage hidden
export const hidden = JSON.parse('1')
