// caught by: lint await-thenable
export const wait = async (): Promise<number> => await 1
