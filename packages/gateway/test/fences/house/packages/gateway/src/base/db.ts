// caught by: nothing
export type Tx = { readonly query: (text: string, values: readonly unknown[]) => Promise<readonly unknown[]> }
