import type { Locale } from '../../base/locale.ts'
import type { Deps } from '../../core/deps.ts'
import { checkoutToken } from '../../core/invoice/checkout-token.ts'
import type { CheckoutView } from '../../core/invoice/view-checkout.ts'
import type { Asked } from '../../http/asked.ts'
import { freshNonce, page } from '../../http/html.ts'
import type { Reply } from '../../http/reply.ts'
import { checkoutPage } from '../../pages/checkout.ts'
import type { CheckoutProps, Trouble } from '../../pages/checkout-view.ts'
import { pickLocale } from '../../pages/copy/locale.ts'

/** What a request says about the page that it wants. */
export type Wanted = { readonly requestId: string; readonly locale: Locale }

export type Shown = Wanted & { readonly view: CheckoutView; readonly trouble?: Trouble }

/** The page of a bill; its owner's registered origins may show it in a frame, and nobody else. */
export function showCheckout(deps: Deps, asked: Asked, shown: Shown): Reply {
  const nonce = freshNonce(deps)
  const markup = checkoutPage(propsOf(deps, shown), {
    nonce,
    sandbox: deps.mode === 'sandbox',
    origins: shown.view.origins,
    atTop: asked.headers['sec-fetch-dest'] === 'document',
  })
  return page(shown.trouble === undefined ? 200 : 422, markup, {
    nonce,
    base: deps.publicUrl,
    frameAncestors: shown.view.origins,
  })
}

export function propsOf(deps: Deps, { view, requestId, locale, trouble }: Shown): CheckoutProps {
  const token = checkoutToken(deps, view)
  return {
    locale,
    view,
    base: deps.publicUrl,
    requestId,
    token,
    ...(trouble === undefined ? {} : { trouble }),
  }
}

export function localeOf(asked: Asked, chosen: string | undefined): Locale {
  return pickLocale(asked.headers['accept-language'] ?? '', chosen)
}

/** The page of a bill that was just raised, for a dialect whose answer it is. */
export function showCreated(deps: Deps, asked: Asked, created: Omit<Shown, 'locale'>): Reply {
  return showCheckout(deps, asked, { ...created, locale: localeOf(asked, undefined) })
}
