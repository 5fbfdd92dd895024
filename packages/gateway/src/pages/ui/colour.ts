import { contrast } from '../../base/contrast.ts'

export type ButtonColours = {
  readonly ground: string
  readonly text: string
  /** The ground is so near to a card of ours, by day or by night, that only a line shows where the button ends. */
  readonly edge: boolean
}

/**
 * A button in somebody's own colour, `#rrggbb`: with white letters where they can be read on it, else with black ones.
 * Null, and then the button stays ours, where neither reaches 4.5 to 1 (WCAG 2.2 section 1.4.3) or it is no colour.
 */
export function buttonColours(colour: string | null): ButtonColours | null {
  if (colour === null || !/^#[0-9a-f]{6}$/.test(colour)) return null
  const text = ['#ffffff', '#000000'].find((each) => contrast(colour, each) >= 4.5)
  if (text === undefined) return null
  return { ground: colour, text, edge: cards.some((card) => contrast(colour, card) < 3) }
}

/** `--card` of style/foundation.ts, by day and by night. */
const cards = ['#fffdf9', '#19211e'] as const
