import type { Locale } from '../../base/locale.ts'

/** What an answer of a receiver means, and why there was none. */
type AnswersCopy = {
  /** By the first digit of a status, and for some by the whole of it. */
  readonly statuses: Readonly<Record<string, string>>
  readonly otherStatus: string
  /** By what the try is on record for. */
  readonly faults: Readonly<Record<string, string>>
  readonly otherFault: string
}

export const noticeAnswersCopy: Readonly<Record<Locale, AnswersCopy>> = {
  en: {
    statuses: {
      '2': 'Received.',
      '3': 'A redirect. Redirects are not followed, because they lead where nobody registered: give the address itself.',
      '4': 'The receiver refused it. Its own log says why.',
      '401':
        'The receiver wants a sign-in. Let this address take posts without one, and check the signature instead.',
      '403': 'The receiver forbids it. A firewall may stand before it.',
      '404': 'There is nothing at this address.',
      '405': 'This address takes no POST.',
      '408': 'The receiver lost patience.',
      '410': 'The receiver wants no more notices at this address.',
      '413': 'The receiver finds it too large.',
      '415': 'The receiver does not take JSON.',
      '429': 'The receiver asks us to come more slowly.',
      '5': 'The receiver broke down over it. Its own log says why.',
      '503': 'The receiver is closed for the moment.',
    },
    otherStatus: 'This is no answer that counts as received.',
    faults: {
      'address-forbidden': 'The name leads to a private address, where we send nothing.',
      'url-forbidden': 'This is no address that anything can be sent to.',
      'name-unknown': 'The name system (DNS) knows no such host.',
      refused: 'The host is there, and nobody listens at this port.',
      unreachable: 'No connection to the host came about.',
      tls: 'The certificate is not valid for this host, or the secure connection failed.',
      timeout: 'No answer came within 15 seconds. Answer first, and do the work afterwards.',
      'too-large': 'The header of the answer was too large.',
      'broken-off': 'The connection broke off before an answer was complete.',
      gone: 'The address answered 410 Gone before.',
      unprintable: 'The fault is ours: the notice could not be written. It is in our log.',
    },
    otherFault: 'No answer came.',
  },
  sw: {
    statuses: {
      '2': 'Imepokelewa.',
      '3': 'Inaelekeza kwingine. Hatufuati maelekezo, kwa sababu yanaenda ambako hakuna aliyesajili: toa anwani yenyewe.',
      '4': 'Mpokeaji aliikataa. Kumbukumbu zake zinasema kwa nini.',
      '401':
        'Mpokeaji anataka kuingia kwanza. Ruhusu anwani hii ipokee bila kuingia, na badala yake kagua sahihi.',
      '403': 'Mpokeaji anakataza. Huenda kuna ukuta wa usalama mbele yake.',
      '404': 'Hakuna kitu kwenye anwani hii.',
      '405': 'Anwani hii haipokei POST.',
      '408': 'Mpokeaji alichoka kusubiri.',
      '410': 'Mpokeaji hataki tena arifa kwenye anwani hii.',
      '413': 'Mpokeaji anaona ni kubwa mno.',
      '415': 'Mpokeaji hapokei JSON.',
      '429': 'Mpokeaji anatuomba tuje polepole zaidi.',
      '5': 'Mpokeaji aliharibikiwa nayo. Kumbukumbu zake zinasema kwa nini.',
      '503': 'Mpokeaji amefungwa kwa sasa.',
    },
    otherStatus: 'Hili si jibu linalohesabiwa kuwa imepokelewa.',
    faults: {
      'address-forbidden': 'Jina linaelekeza kwenye anwani ya faragha, ambako hatutumi chochote.',
      'url-forbidden': 'Hii si anwani inayoweza kutumiwa kitu.',
      'name-unknown': 'Mfumo wa majina (DNS) haujui seva kama hiyo.',
      refused: 'Seva ipo, lakini hakuna anayesikiliza kwenye mlango huu.',
      unreachable: 'Hatukuweza kuifikia seva.',
      tls: 'Cheti si halali kwa seva hii, au muunganisho salama ulishindikana.',
      timeout: 'Hakuna jibu lililokuja ndani ya sekunde 15. Jibu kwanza, kisha fanya kazi.',
      'too-large': 'Kichwa cha jibu kilikuwa kikubwa mno.',
      'broken-off': 'Muunganisho ulikatika kabla jibu halijakamilika.',
      gone: 'Anwani ilijibu 410 Gone hapo awali.',
      unprintable: 'Kosa ni letu: arifa haikuweza kuandikwa. Iko kwenye kumbukumbu zetu.',
    },
    otherFault: 'Hakuna jibu lililokuja.',
  },
  fr: {
    statuses: {
      '2': 'Reçu.',
      '3': 'Une redirection. Nous n’en suivons aucune, car elles mènent où personne n’a rien enregistré : donnez l’adresse elle-même.',
      '4': 'Le récepteur l’a refusé. Son journal dit pourquoi.',
      '401':
        'Le récepteur veut une connexion. Laissez cette adresse recevoir sans elle, et vérifiez plutôt la signature.',
      '403': 'Le récepteur l’interdit. Un pare-feu se trouve peut-être devant lui.',
      '404': 'Il n’y a rien à cette adresse.',
      '405': 'Cette adresse n’accepte pas de POST.',
      '408': 'Le récepteur a perdu patience.',
      '410': 'Le récepteur ne veut plus d’avis à cette adresse.',
      '413': 'Le récepteur le trouve trop grand.',
      '415': 'Le récepteur n’accepte pas le JSON.',
      '429': 'Le récepteur nous demande d’aller plus lentement.',
      '5': 'Le récepteur est tombé en panne dessus. Son journal dit pourquoi.',
      '503': 'Le récepteur est fermé pour le moment.',
    },
    otherStatus: 'Cette réponse ne compte pas comme une réception.',
    faults: {
      'address-forbidden': 'Le nom mène à une adresse privée, où nous n’envoyons rien.',
      'url-forbidden': 'Ce n’est pas une adresse à laquelle on puisse envoyer.',
      'name-unknown': 'Le système de noms (DNS) ne connaît pas cet hôte.',
      refused: 'L’hôte est là, et personne n’écoute à ce port.',
      unreachable: 'Aucune connexion avec l’hôte n’a pu s’établir.',
      tls: 'Le certificat ne vaut pas pour cet hôte, ou la connexion sûre a échoué.',
      timeout: 'Aucune réponse en 15 secondes. Répondez d’abord, et faites le travail ensuite.',
      'too-large': 'L’en-tête de la réponse était trop grand.',
      'broken-off': 'La connexion s’est rompue avant une réponse complète.',
      gone: 'L’adresse avait répondu 410 Gone.',
      unprintable: 'La faute est la nôtre : l’avis n’a pas pu être écrit. C’est dans notre journal.',
    },
    otherFault: 'Aucune réponse n’est venue.',
  },
}
