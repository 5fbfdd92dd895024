import type { Locale } from '../../base/locale.ts'

export type Place = 'console' | 'admin' | 'account'

type DeskCopy = {
  /** The way between the desks. */
  readonly places: Readonly<Record<Place, string>>
  readonly pages: string
  readonly paging: string
  readonly newest: string
  readonly older: string
  readonly notDone: string
  readonly mendThis: string
  /** What a refusal comes to; its own sentence follows. */
  readonly problems: Readonly<Record<string, string>>
  readonly notes: Readonly<Record<string, string>>
  readonly forbidden: string
  /** What is said of something that is no more, where it can be asked for again. */
  readonly gone: Readonly<Record<string, { readonly title: string; readonly more: string }>>
  readonly toConsole: string
}

/** Words that the console and the operators' desk share. */
export const deskCopy: Readonly<Record<Locale, DeskCopy>> = {
  en: {
    places: { console: 'Console', admin: 'Operators’ desk', account: 'Your account' },
    pages: 'Pages of this desk',
    paging: 'More entries',
    newest: 'Newest',
    older: 'Older',
    notDone: 'Nothing was changed',
    mendThis: 'Mend this; the reason stands above.',
    problems: {
      field_invalid: 'Something in the form does not fit yet:',
      reference_taken: 'That is taken already:',
      limit_reached: 'That would be more than the limit allows:',
      last_owner: 'An organization needs an owner. Make somebody else an owner first.',
      too_many_tries: 'That was tried too often. Please wait a little.',
      medium_unavailable: 'No letter can be sent:',
    },
    notes: {
      expired:
        'That page had waited too long, so nothing was changed. Here it is afresh: please press once more.',
    },
    forbidden: 'Your role does not open this page',
    gone: {
      invitation: {
        title: 'This invitation is over',
        more: 'It was accepted, withdrawn, or waited longer than seven days. Ask whoever invited you for a new one.',
      },
    },
    toConsole: 'To your organizations',
  },
  sw: {
    places: { console: 'Koni ya wasanidi', admin: 'Dawati la waendeshaji', account: 'Akaunti yako' },
    pages: 'Kurasa za dawati hili',
    paging: 'Maingizo zaidi',
    newest: 'Mapya zaidi',
    older: 'Ya zamani',
    notDone: 'Hakuna kilichobadilishwa',
    mendThis: 'Rekebisha hapa; sababu iko juu.',
    problems: {
      field_invalid: 'Kuna kitu kwenye fomu ambacho bado hakifai:',
      reference_taken: 'Hilo tayari limechukuliwa:',
      limit_reached: 'Hilo lingezidi kikomo kinachoruhusiwa:',
      last_owner: 'Shirika linahitaji mmiliki. Kwanza mfanye mtu mwingine awe mmiliki.',
      too_many_tries: 'Hilo limejaribiwa mara nyingi mno. Tafadhali subiri kidogo.',
      medium_unavailable: 'Hakuna barua inayoweza kutumwa:',
    },
    notes: {
      expired:
        'Ukurasa huo ulisubiri muda mrefu mno, hivyo hakuna kilichobadilishwa. Huu hapa ni mpya: bonyeza tena.',
    },
    forbidden: 'Jukumu lako halifungui ukurasa huu',
    gone: {
      invitation: {
        title: 'Mwaliko huu umekwisha',
        more: 'Ulikubaliwa, ulifutwa, au ulisubiri zaidi ya siku saba. Mwombe aliyekualika akutumie mwingine.',
      },
    },
    toConsole: 'Kwenye mashirika yako',
  },
  fr: {
    places: { console: 'Console', admin: 'Bureau des opérateurs', account: 'Votre compte' },
    pages: 'Pages de ce bureau',
    paging: 'Autres entrées',
    newest: 'Plus récentes',
    older: 'Plus anciennes',
    notDone: 'Rien n’a été modifié',
    mendThis: 'À corriger ; la raison est indiquée plus haut.',
    problems: {
      field_invalid: 'Quelque chose dans le formulaire ne convient pas encore :',
      reference_taken: 'C’est déjà pris :',
      limit_reached: 'Ce serait plus que la limite ne permet :',
      last_owner: 'Une organisation a besoin d’un propriétaire. Désignez d’abord une autre personne.',
      too_many_tries: 'Trop d’essais. Veuillez patienter un peu.',
      medium_unavailable: 'Aucune lettre ne peut partir :',
    },
    notes: {
      expired:
        'Cette page avait attendu trop longtemps, rien n’a donc été modifié. La voici à nouveau : veuillez recommencer.',
    },
    forbidden: 'Votre rôle n’ouvre pas cette page',
    gone: {
      invitation: {
        title: 'Cette invitation a pris fin',
        more: 'Elle a été acceptée, annulée, ou a attendu plus de sept jours. Demandez-en une nouvelle à qui vous a invité.',
      },
    },
    toConsole: 'Vers vos organisations',
  },
}
