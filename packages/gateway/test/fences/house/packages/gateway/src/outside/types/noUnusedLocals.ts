// caught by: types TS6133
const unused = 1
export {}
