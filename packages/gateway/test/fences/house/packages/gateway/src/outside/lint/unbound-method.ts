// caught by: lint unbound-method
class Box {
  readonly size = 1
  measure(): number {
    return this.size
  }
}
export const loose = new Box().measure
