// caught by: lint no-non-null-assertion
export const sure = (text: string | null): string => text!
