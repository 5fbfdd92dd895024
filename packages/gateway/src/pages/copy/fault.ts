import type { Locale, Words } from '../../base/locale.ts'

/** What went wrong, and how to go on. */
export type FaultWords = { readonly title: string; readonly more: string }

export type FaultKind =
  'bad' | 'denied' | 'missing' | 'large' | 'often' | 'broken' | 'closed' | 'busy' | 'expired'

export const faultCopy: Readonly<Record<Locale, Readonly<Record<FaultKind, FaultWords>>>> = {
  en: {
    bad: {
      title: 'We could not read that',
      more: 'Something in what was sent is not as it should be. Go back and try again.',
    },
    denied: { title: 'This is not open to you', more: 'Sign in with another account, or go back.' },
    missing: {
      title: 'There is nothing here',
      more: 'The address may be mistyped or cut off. Go back to where you came from.',
    },
    large: { title: 'That was too much at once', more: 'Send less, and try again.' },
    often: {
      title: 'One moment',
      more: 'So many requests came from your connection that we take a short break. Try again in a minute.',
    },
    broken: {
      title: 'Something broke on our side',
      more: 'It is not your fault, and no money was lost. Try again in a moment; if it stays, tell support the number below.',
    },
    closed: {
      title: 'Closed for a moment',
      more: 'We are doing maintenance and are back soon. Payments that are under way are kept.',
    },
    busy: {
      title: 'Very many are here at once',
      more: 'Nothing is lost or wrong: more people came in this moment than can be let in at once. Try again in a few seconds.',
    },
    expired: {
      title: 'This page had moved on',
      more: 'It stood open for long or was sent twice. Nothing was done; go back and start again.',
    },
  },
  sw: {
    bad: {
      title: 'Hatukuweza kusoma hilo',
      more: 'Kuna kitu kilichotumwa ambacho si sahihi. Rudi na ujaribu tena.',
    },
    denied: { title: 'Hapa hapajafunguliwa kwako', more: 'Ingia kwa akaunti nyingine, au rudi.' },
    missing: {
      title: 'Hakuna kitu hapa',
      more: 'Huenda anwani imeandikwa vibaya au imekatika. Rudi ulikotoka.',
    },
    large: { title: 'Hiyo ilikuwa nyingi mno kwa mara moja', more: 'Tuma kidogo, kisha ujaribu tena.' },
    often: {
      title: 'Subiri kidogo',
      more: 'Maombi mengi mno yametoka kwenye mtandao wako, hivyo tunapumzika. Jaribu tena baada ya dakika moja.',
    },
    broken: {
      title: 'Kuna hitilafu upande wetu',
      more: 'Si kosa lako, na hakuna pesa iliyopotea. Jaribu tena baadaye; ikiendelea, wape wahudumu namba iliyo hapa chini.',
    },
    closed: {
      title: 'Tumefunga kwa muda',
      more: 'Tunafanya matengenezo na tutarudi hivi karibuni. Malipo yanayoendelea yanahifadhiwa.',
    },
    busy: {
      title: 'Watu wengi mno wako hapa kwa sasa',
      more: 'Hakuna kilichopotea wala kuharibika: watu wengi wamekuja kwa wakati mmoja. Jaribu tena baada ya sekunde chache.',
    },
    expired: {
      title: 'Ukurasa huu ulikuwa umebadilika',
      more: 'Ulikaa wazi muda mrefu au ulitumwa mara mbili. Hakuna kilichofanyika; rudi na uanze tena.',
    },
  },
  fr: {
    bad: {
      title: 'Nous n’avons pas pu lire cela',
      more: 'Une partie de ce qui a été envoyé n’est pas correcte. Revenez en arrière et réessayez.',
    },
    denied: {
      title: 'Cette page ne vous est pas ouverte',
      more: 'Connectez-vous avec un autre compte, ou revenez en arrière.',
    },
    missing: {
      title: 'Il n’y a rien ici',
      more: 'L’adresse est peut-être mal écrite ou incomplète. Retournez d’où vous venez.',
    },
    large: { title: 'C’était trop en une fois', more: 'Envoyez-en moins, et réessayez.' },
    often: {
      title: 'Un instant',
      more: 'Votre connexion nous a envoyé tant de demandes que nous faisons une courte pause. Réessayez dans une minute.',
    },
    broken: {
      title: 'Une panne est survenue chez nous',
      more: 'Vous n’y êtes pour rien, et aucun argent n’a été perdu. Réessayez dans un instant ; si cela persiste, donnez à l’assistance le numéro ci-dessous.',
    },
    closed: {
      title: 'Fermé pour un moment',
      more: 'Nous faisons une opération d’entretien et revenons bientôt. Les paiements en cours sont conservés.',
    },
    busy: {
      title: 'Il y a beaucoup de monde en ce moment',
      more: 'Rien n’est perdu ni en panne : plus de personnes sont arrivées en même temps que nous ne pouvons en recevoir. Réessayez dans quelques secondes.',
    },
    expired: {
      title: 'Cette page n’était plus à jour',
      more: 'Elle est restée ouverte longtemps ou a été envoyée deux fois. Rien n’a été fait ; revenez en arrière et recommencez.',
    },
  },
}

export const reportNumber: Words = {
  en: 'Number for support',
  sw: 'Namba ya wahudumu',
  fr: 'Numéro pour l’assistance',
}
