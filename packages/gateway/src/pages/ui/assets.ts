import { asset } from './asset.ts'
import { foundation } from './style/foundation.ts'
import { pieces } from './style/pieces.ts'
import { places } from './style/places.ts'
import { iconSvg } from './wordmark.ts'

/** The one stylesheet of the house. */
export const stylesheet = asset('lango', 'css', foundation + pieces + places)

export const icon = asset('icon', 'svg', iconSvg)
