import { ok } from '../base/result.ts'
import type { Channel } from '../core/attempt/channel.ts'

/** Pay at a counter or by transfer: nothing is started here, the bank confirms what it received. */
export const bank: Channel = {
  id: 'bank',
  alias: 'counter',
  label: { en: 'Bank', sw: 'Benki', fr: 'Banque' },
  noticeName: 'Bank',
  asks: [],
  instructions: {
    en: 'Pay at your bank, at its agent or in its app: choose bill payments and give this bill number as the reference. This page shows the payment as soon as the bank tells us.',
    sw: 'Lipa katika benki yako, kwa wakala wake au kwenye programu yake: chagua kulipa bili na uweke namba hii ya bili kama kumbukumbu. Ukurasa huu utaonyesha malipo mara benki itakapotuarifu.',
    fr: 'Payez à votre banque, chez son agent ou dans son application : choisissez le paiement de factures et donnez ce numéro de facture comme référence. Cette page montre le paiement dès que la banque nous en informe.',
  },
  acknowledgement: {},
  carries: ok,
  // A bank is let in by its own key, so there is nothing to set up here.
  open: () => ok({}),
  advice: {},
}
