import { asset } from './asset.ts'
import { desks } from './style/desks.ts'
import { foundation } from './style/foundation.ts'
import { pieces } from './style/pieces.ts'
import { places } from './style/places.ts'
import { iconSvg } from './wordmark.ts'

/** The one stylesheet of the house. */
export const stylesheet = asset('lango', 'css', foundation + pieces + places + desks)

export const icon = asset('icon', 'svg', iconSvg)
