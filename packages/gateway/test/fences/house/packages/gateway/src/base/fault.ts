// caught by: nothing
export class TooLate extends Error {}
