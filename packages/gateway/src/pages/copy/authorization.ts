import type { Locale } from '../../base/locale.ts'

/** Why an application's request to sign somebody in cannot even be answered to the application. */
export type Untrusted = 'client_unknown' | 'redirect_unregistered' | 'invalid_request_uri'

type AuthorizationCopy = {
  readonly title: string
  readonly more: Readonly<Record<Untrusted, string>>
  /** On the page that carries an answer back in a form, be it yes or no. */
  readonly back: { readonly title: string; readonly more: string; readonly on: string }
}

export const authorizationCopy: Readonly<Record<Locale, AuthorizationCopy>> = {
  en: {
    title: 'This way in does not work',
    more: {
      client_unknown: 'The service that sent you here is not known to us. Go back and tell it, please.',
      redirect_unregistered:
        'The service that sent you here wants you back at an address that it did not register. Go back and tell it, please.',
      invalid_request_uri:
        'What the service that sent you here prepared for you is no longer there. Go back to it and begin again, please.',
    },
    back: {
      title: 'Going back',
      more: 'We are taking you back to the service that sent you here.',
      on: 'Go on',
    },
  },
  sw: {
    title: 'Njia hii ya kuingia haifanyi kazi',
    more: {
      client_unknown: 'Hatuijui huduma iliyokuleta hapa. Tafadhali rudi na uieleze.',
      redirect_unregistered:
        'Huduma iliyokuleta hapa inataka urudi kwenye anwani ambayo haikuisajili. Tafadhali rudi na uieleze.',
      invalid_request_uri:
        'Kile ambacho huduma iliyokuleta hapa ilikuandalia hakipo tena. Tafadhali rudi kwake na uanze upya.',
    },
    back: {
      title: 'Unarudishwa',
      more: 'Tunakurudisha kwenye huduma iliyokuleta hapa.',
      on: 'Endelea',
    },
  },
  fr: {
    title: 'Ce chemin de connexion ne fonctionne pas',
    more: {
      client_unknown:
        'Nous ne connaissons pas le service qui vous a envoyé ici. Revenez en arrière et signalez-le-lui, s’il vous plaît.',
      redirect_unregistered:
        'Le service qui vous a envoyé ici demande votre retour à une adresse qu’il n’a pas enregistrée. Revenez en arrière et signalez-le-lui, s’il vous plaît.',
      invalid_request_uri:
        'Ce que le service qui vous a envoyé ici avait préparé pour vous n’existe plus. Revenez-y et recommencez, s’il vous plaît.',
    },
    back: {
      title: 'Retour en cours',
      more: 'Nous vous ramenons au service qui vous a envoyé ici.',
      on: 'Continuer',
    },
  },
}
