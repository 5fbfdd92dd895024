import { base64url } from '../../base/bytes.ts'
import type { Deps } from '../deps.ts'
import type { CheckoutView } from './view-checkout.ts'

/**
 * Good for starting one try to pay from exactly this state of a bill, and useless as soon as anything happened to it:
 * so a page needs no cookie against forged forms, and no form counts twice. It also tells whether a page is up to date.
 */
export function checkoutToken({ digests }: Pick<Deps, 'digests'>, view: CheckoutView): string {
  const { attempt } = view
  const state = [
    view.invoiceId,
    view.state,
    view.paid.minor.toString(),
    String(view.payments.length),
    attempt === null
      ? ''
      : [attempt.id, attempt.state, attempt.open, attempt.outcome ?? '', attempt.asks].join('/'),
  ]
  return base64url(digests.derive('checkout-token', JSON.stringify(state))).slice(0, 22)
}
