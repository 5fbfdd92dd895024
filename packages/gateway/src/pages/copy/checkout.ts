import type { Locale } from '../../base/locale.ts'

/** The checkout's words. Functions where a name or an amount stands inside the sentence. */
export type CheckoutWords = {
  readonly title: (payee: string) => string
  readonly pay: (payee: string) => string
  readonly bill: string
  readonly reference: string
  readonly paidSoFar: string
  readonly outstanding: string
  readonly total: string
  readonly ways: string
  readonly payWith: (amount: string, way: string) => string
  readonly ownPhone: (masked: string) => string
  readonly otherWays: string
  readonly noWays: string
  readonly noWaysMore: (payee: string) => string
  readonly asking: (way: string) => string
  readonly askingMore: string
  readonly asked: (way: string) => string
  readonly yourPhone: string
  readonly yourPhoneMore: string
  readonly waitingForProvider: string
  readonly noAnswerYet: (way: string) => string
  readonly noAnswerYetMore: string
  readonly heardPaid: (way: string) => string
  readonly heardPaidMore: string
  readonly paidStep: string
  readonly refresh: string
  readonly failed: string
  readonly failedMore: string
  readonly tryAgain: string
  readonly unclear: string
  readonly unclearMore: string
  readonly partial: (paid: string) => string
  readonly partialMore: (outstanding: string) => string
  readonly paid: string
  readonly paidMore: (amount: string, payee: string) => string
  readonly credit: (amount: string) => string
  readonly receipt: string
  readonly receiptNumber: string
  readonly amount: string
  readonly way: string
  readonly when: string
  readonly payee: string
  readonly purpose: string
  readonly goingBack: (payee: string) => string
  readonly stay: string
  readonly continueTo: (payee: string) => string
  readonly cancelled: string
  readonly cancelledMore: (payee: string) => string
  readonly expired: string
  readonly expiredMore: (payee: string) => string
  readonly covered: string
  readonly coveredMore: string
  readonly openAlone: string
  readonly offline: string
  readonly formExpired: string
  readonly formExpiredMore: string
  readonly phoneInvalid: string
  readonly phoneLimited: string
  readonly phoneLimitedMore: string
  readonly refused: (way: string) => string
  readonly unavailable: (way: string) => string
  readonly tryOther: string
  readonly gone: string
  readonly goneMore: string
}

const en: CheckoutWords = {
  title: (payee) => `Pay ${payee}`,
  pay: (payee) => `Pay ${payee}`,
  bill: 'Bill number',
  reference: 'Reference',
  paidSoFar: 'Paid so far',
  outstanding: 'Still to pay',
  total: 'Total',
  ways: 'How do you want to pay?',
  payWith: (amount, way) => `Pay ${amount} with ${way}`,
  ownPhone: (masked) => `Leave it empty to use ${masked}.`,
  otherWays: 'Pay another way',
  noWays: 'This bill cannot be paid here now',
  noWaysMore: (payee) => `Ask ${payee} for a new one, or how else you can pay.`,
  asking: (way) => `Asking ${way}`,
  askingMore: 'This takes a few seconds.',
  asked: (way) => `We asked ${way}`,
  yourPhone: 'We asked your phone: approve it there',
  yourPhoneMore: 'A message on it asks for your PIN. Nothing is paid until you enter it there.',
  waitingForProvider: 'Waiting for your approval',
  noAnswerYet: (way) => `No answer yet: we are asking ${way} what happened`,
  noAnswerYetMore: 'If you have approved, the money is safe. Please do not pay again until we know.',
  heardPaid: (way) => `${way} says that it is paid: we wait for its receipt`,
  heardPaidMore: 'You need not do anything more. Please do not pay again.',
  paidStep: 'Paid',
  refresh: 'Check again',
  failed: 'Nothing was paid',
  failedMore: 'The payment did not go through.',
  tryAgain: 'Try again, or choose another way.',
  unclear: 'We could not find out whether it was paid',
  unclearMore:
    'If money left your account it will be found and credited to this bill. Check your messages before you pay again.',
  partial: (paid) => `${paid} has arrived`,
  partialMore: (outstanding) => `${outstanding} is still to pay.`,
  paid: 'Paid',
  paidMore: (amount, payee) => `${payee} has received ${amount}. Thank you.`,
  credit: (amount) => `${amount} came on top of what was owed. It is kept as your credit with the payee.`,
  receipt: 'Receipt',
  receiptNumber: 'Receipt number',
  amount: 'Amount',
  way: 'Paid with',
  when: 'When',
  payee: 'Paid to',
  purpose: 'For',
  goingBack: (payee) => `You are going back to ${payee} in a moment.`,
  stay: 'Stay here',
  continueTo: (payee) => `Continue to ${payee}`,
  cancelled: 'This bill was cancelled',
  cancelledMore: (payee) => `Nothing is to be paid. If you expected otherwise, ask ${payee}.`,
  expired: 'The time to pay this bill is over',
  expiredMore: (payee) => `Ask ${payee} for a new one. Money that you sent already is not lost.`,
  covered: 'Something may cover this page',
  coveredMore: 'To be sure that you see what you pay, open it on its own.',
  openAlone: 'Open in a new tab',
  offline: 'The connection is interrupted. We go on by ourselves as soon as it is back.',
  formExpired: 'This page had moved on',
  formExpiredMore: 'You sent an older copy of it. Nothing was started; here is how things stand now.',
  phoneInvalid: 'This is no phone number that can be asked. Write it like 0712 345 678.',
  phoneLimited: 'This phone was asked too often',
  phoneLimitedMore: 'To protect its owner we wait a few minutes before we ask it again.',
  refused: (way) => `${way} cannot carry this payment`,
  unavailable: (way) => `${way} cannot be used at the moment`,
  tryOther: 'Choose another way, or try again in a few minutes.',
  gone: 'There is no such bill',
  goneMore: 'The address may be cut off. Go back to where you came from and start the payment again.',
}

const sw: CheckoutWords = {
  title: (payee) => `Lipa ${payee}`,
  pay: (payee) => `Lipa ${payee}`,
  bill: 'Namba ya bili',
  reference: 'Kumbukumbu',
  paidSoFar: 'Kilicholipwa hadi sasa',
  outstanding: 'Kilichobaki kulipwa',
  total: 'Jumla',
  ways: 'Ungependa kulipa vipi?',
  payWith: (amount, way) => `Lipa ${amount} kwa ${way}`,
  ownPhone: (masked) => `Acha wazi ili kutumia ${masked}.`,
  otherWays: 'Lipa kwa njia nyingine',
  noWays: 'Bili hii haiwezi kulipwa hapa kwa sasa',
  noWaysMore: (payee) => `Omba bili mpya kutoka ${payee}, au uliza njia nyingine ya kulipa.`,
  asking: (way) => `Tunaiuliza ${way}`,
  askingMore: 'Hii huchukua sekunde chache.',
  asked: (way) => `Tumeiuliza ${way}`,
  yourPhone: 'Tumeiuliza simu yako: idhinisha huko',
  yourPhoneMore: 'Ujumbe kwenye simu unaomba PIN yako. Hakuna kinacholipwa kabla hujaiweka huko.',
  waitingForProvider: 'Tunasubiri idhini yako',
  noAnswerYet: (way) => `Bado hakuna jibu: tunaiuliza ${way} kilichotokea`,
  noAnswerYetMore: 'Kama umeidhinisha, pesa iko salama. Tafadhali usilipe tena hadi tujue.',
  heardPaid: (way) => `${way} inasema imelipwa: tunasubiri risiti yake`,
  heardPaidMore: 'Huhitaji kufanya kitu kingine. Tafadhali usilipe tena.',
  paidStep: 'Imelipwa',
  refresh: 'Angalia tena',
  failed: 'Hakuna kilicholipwa',
  failedMore: 'Malipo hayakukamilika.',
  tryAgain: 'Jaribu tena, au chagua njia nyingine.',
  unclear: 'Hatukuweza kujua kama imelipwa',
  unclearMore:
    'Kama pesa ilitoka kwenye akaunti yako itapatikana na kuwekwa kwenye bili hii. Angalia ujumbe wako kabla ya kulipa tena.',
  partial: (paid) => `${paid} zimepokelewa`,
  partialMore: (outstanding) => `Bado ${outstanding} za kulipa.`,
  paid: 'Imelipwa',
  paidMore: (amount, payee) => `${payee} imepokea ${amount}. Asante.`,
  credit: (amount) => `${amount} ni zaidi ya kilichodaiwa. Zimehifadhiwa kama salio lako kwa mlipwaji.`,
  receipt: 'Risiti',
  receiptNumber: 'Namba ya risiti',
  amount: 'Kiasi',
  way: 'Njia ya malipo',
  when: 'Wakati',
  payee: 'Mlipwaji',
  purpose: 'Kwa ajili ya',
  goingBack: (payee) => `Utarudishwa kwa ${payee} baada ya muda mfupi.`,
  stay: 'Baki hapa',
  continueTo: (payee) => `Endelea kwa ${payee}`,
  cancelled: 'Bili hii ilifutwa',
  cancelledMore: (payee) => `Hakuna cha kulipa. Kama ulitarajia vingine, uliza ${payee}.`,
  expired: 'Muda wa kulipa bili hii umekwisha',
  expiredMore: (payee) => `Omba bili mpya kutoka ${payee}. Pesa uliyokwisha kutuma haijapotea.`,
  covered: 'Huenda kitu kinafunika ukurasa huu',
  coveredMore: 'Ili uone hakika unacholipa, ufungue peke yake.',
  openAlone: 'Fungua kwenye kichupo kipya',
  offline: 'Mtandao umekatika. Tutaendelea wenyewe ukirudi.',
  formExpired: 'Ukurasa huu ulikuwa umebadilika',
  formExpiredMore: 'Umetuma nakala ya zamani. Hakuna kilichoanzishwa; hali ilivyo sasa ni hii.',
  phoneInvalid: 'Hii si namba ya simu inayoweza kuulizwa. Iandike kama 0712 345 678.',
  phoneLimited: 'Simu hii imeulizwa mara nyingi mno',
  phoneLimitedMore: 'Ili kumlinda mwenyewe tunasubiri dakika chache kabla ya kuiuliza tena.',
  refused: (way) => `${way} haiwezi kubeba malipo haya`,
  unavailable: (way) => `${way} haiwezi kutumika kwa sasa`,
  tryOther: 'Chagua njia nyingine, au jaribu tena baada ya dakika chache.',
  gone: 'Hakuna bili kama hiyo',
  goneMore: 'Huenda anwani imekatika. Rudi ulikotoka na uanze malipo tena.',
}

const fr: CheckoutWords = {
  title: (payee) => `Payer ${payee}`,
  pay: (payee) => `Payer ${payee}`,
  bill: 'Numéro de facture',
  reference: 'Référence',
  paidSoFar: 'Déjà payé',
  outstanding: 'Reste à payer',
  total: 'Total',
  ways: 'Comment voulez-vous payer ?',
  payWith: (amount, way) => `Payer ${amount} avec ${way}`,
  ownPhone: (masked) => `Laissez vide pour utiliser le ${masked}.`,
  otherWays: 'Payer autrement',
  noWays: 'Cette facture ne peut pas être payée ici pour le moment',
  noWaysMore: (payee) => `Demandez à ${payee} une nouvelle facture, ou comment payer autrement.`,
  asking: (way) => `Demande à ${way} en cours`,
  askingMore: 'Cela prend quelques secondes.',
  asked: (way) => `Demande envoyée à ${way}`,
  yourPhone: 'Approuvez la demande sur votre téléphone',
  yourPhoneMore: 'Un message y demande votre code PIN. Rien n’est payé tant que vous ne l’y avez pas saisi.',
  waitingForProvider: 'En attente de votre accord',
  noAnswerYet: (way) => `Pas encore de réponse : nous demandons à ${way} ce qu’il en est`,
  noAnswerYetMore:
    'Si vous avez approuvé, l’argent est en sécurité. Ne payez pas une seconde fois avant que nous sachions.',
  heardPaid: (way) => `${way} dit que c’est payé : nous attendons son reçu`,
  heardPaidMore: 'Vous n’avez plus rien à faire. Ne payez pas une seconde fois, s’il vous plaît.',
  paidStep: 'Payé',
  refresh: 'Vérifier de nouveau',
  failed: 'Rien n’a été payé',
  failedMore: 'Le paiement n’a pas abouti.',
  tryAgain: 'Réessayez, ou choisissez un autre moyen.',
  unclear: 'Nous n’avons pas pu savoir si c’est payé',
  unclearMore:
    'Si de l’argent a quitté votre compte, il sera retrouvé et porté sur cette facture. Vérifiez vos messages avant de payer une seconde fois.',
  partial: (paid) => `Montant reçu : ${paid}`,
  partialMore: (outstanding) => `Il reste ${outstanding} à payer.`,
  paid: 'Payé',
  paidMore: (amount, payee) => `${payee} a reçu ${amount}. Merci.`,
  credit: (amount) =>
    `Vous avez versé ${amount} de plus que la somme due. Le bénéficiaire les garde comme avoir à votre nom.`,
  receipt: 'Reçu',
  receiptNumber: 'Numéro de reçu',
  amount: 'Montant',
  way: 'Payé avec',
  when: 'Date',
  payee: 'Payé à',
  purpose: 'Objet',
  goingBack: (payee) => `Vous allez retourner chez ${payee} dans un instant.`,
  stay: 'Rester ici',
  continueTo: (payee) => `Continuer vers ${payee}`,
  cancelled: 'Cette facture a été annulée',
  cancelledMore: (payee) => `Il n’y a rien à payer. Si cela vous surprend, adressez-vous à ${payee}.`,
  expired: 'Le délai pour payer cette facture est passé',
  expiredMore: (payee) =>
    `Demandez à ${payee} une nouvelle facture. L’argent que vous avez déjà envoyé n’est pas perdu.`,
  covered: 'Quelque chose recouvre peut-être cette page',
  coveredMore: 'Pour être sûr de voir ce que vous payez, ouvrez-la seule.',
  openAlone: 'Ouvrir dans un nouvel onglet',
  offline: 'La connexion est interrompue. Nous continuerons de nous-mêmes dès son retour.',
  formExpired: 'Cette page n’était plus à jour',
  formExpiredMore:
    'Vous en avez envoyé une ancienne copie. Rien n’a été lancé ; voici où en sont les choses.',
  phoneInvalid: 'Ce numéro de téléphone ne peut pas être sollicité. Écrivez-le comme 0712 345 678.',
  phoneLimited: 'Ce téléphone a été sollicité trop souvent',
  phoneLimitedMore:
    'Pour protéger son propriétaire, nous attendons quelques minutes avant de le solliciter de nouveau.',
  refused: (way) => `${way} ne peut pas prendre en charge ce paiement`,
  unavailable: (way) => `${way} n’est pas utilisable pour le moment`,
  tryOther: 'Choisissez un autre moyen, ou réessayez dans quelques minutes.',
  gone: 'Cette facture n’existe pas',
  goneMore: 'L’adresse est peut-être incomplète. Retournez d’où vous venez et recommencez le paiement.',
}

export const checkoutCopy: Readonly<Record<Locale, CheckoutWords>> = { en, sw, fr }
