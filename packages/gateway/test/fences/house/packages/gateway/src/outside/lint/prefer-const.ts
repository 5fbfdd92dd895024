// caught by: lint prefer-const
let fixed = 1
export const seen = fixed
