export class Box {
  readonly size = 1
}
