/**
 * What we rest on cannot be reached, or was lost on the way. Whether what was asked last counts is not known: so the
 * asker is told to come back and ask the very same again (503), never that it failed.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}
