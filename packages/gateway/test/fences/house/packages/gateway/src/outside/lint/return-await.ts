// caught by: lint return-await
export async function tried(): Promise<number> {
  try {
    return Promise.resolve(1)
  } catch {
    return 0
  }
}
