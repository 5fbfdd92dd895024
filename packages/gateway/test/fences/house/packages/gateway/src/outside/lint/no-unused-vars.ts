// caught by: lint no-unused-vars
const forgotten = 1
