// caught by: lint no-unsafe-member-access
export const member: unknown = JSON.parse('1').a
