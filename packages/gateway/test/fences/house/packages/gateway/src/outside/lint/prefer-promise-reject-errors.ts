// caught by: lint prefer-promise-reject-errors
export const fail = async (): Promise<never> => await Promise.reject('text')
