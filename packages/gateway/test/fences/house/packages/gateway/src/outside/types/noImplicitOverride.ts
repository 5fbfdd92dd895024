// caught by: types TS4114
class A extends Error {
  override toString(): string {
    return 'a'
  }
}
export class B extends A {
  toString(): string {
    return 'b'
  }
}
