import { checkoutScript } from './scripts/checkout.ts'
import { liveScript } from './scripts/live.ts'
import { passkeyScript } from './scripts/passkey.ts'
import type { Asset } from './ui/asset.ts'
import { icon, stylesheet } from './ui/assets.ts'

/** Every file that some page links to. */
export const assets: readonly Asset[] = [stylesheet, icon, checkoutScript, liveScript, passkeyScript]
