// caught by: rooms core-looks-only-where-allowed
export const lookLater = async (): Promise<unknown> => await import('../../sites/signin/enter.ts')
