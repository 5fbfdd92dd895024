// caught by: types TS2748
declare const enum Sizes {
  Small = 1,
}
export const small = Sizes.Small
