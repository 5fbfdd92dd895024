// caught by: nothing
export type Money = { readonly minor: bigint; readonly currency: string }
