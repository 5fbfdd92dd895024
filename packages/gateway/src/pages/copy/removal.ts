import type { Locale } from '../../base/locale.ts'

type RemovalCopy = {
  readonly stopTitle: string
  readonly stopLead: string
  readonly stop: string
  readonly stopMore: string
  readonly expired: string
  readonly security: string
  readonly ended: Readonly<Record<'stopped' | 'gone', { readonly title: string; readonly more: string }>>
  /** For operators. */
  readonly title: string
  readonly lead: string
  readonly none: string
  readonly deeds: Readonly<Record<'ask' | 'finish' | 'withdraw', string>>
  readonly asked: string
  readonly due: string
  readonly until: string
}

/** Second factors that somebody lost: what her operator does, and how she stops it. */
export const removalCopy: Readonly<Record<Locale, RemovalCopy>> = {
  en: {
    stopTitle: 'Stop the removal of your second step',
    stopLead:
      'Our support was asked to remove the second step from your account, because it was lost. If you still have it, or did not ask, stop it.',
    stop: 'Stop it: nothing is lost',
    stopMore:
      'If you did ask for it, close this page. Nothing is done before the time that the message names.',
    expired: 'That page had waited too long, so nothing was changed. Please press once more.',
    security: 'See what guards your account',
    ended: {
      stopped: {
        title: 'It is stopped',
        more: 'Your second step stays as it is. If somebody pretends to be you, change your password too.',
      },
      gone: {
        title: 'There is nothing to stop',
        more: 'It was stopped already, or is over. See what guards your account, and write to support if something is wrong.',
      },
    },
    title: 'Second factors were lost',
    lead: 'Only for whoever lost all of them, after you made sure outside this system of who it is; say in the reason how. The owner is told at every known address and can stop it for three days. Then passkeys, apps, codes and the password go, and the owner chooses a new password through a proven address. You see none.',
    none: 'This account has no second factor.',
    deeds: { ask: 'Ask for their removal', finish: 'Remove them now', withdraw: 'Withdraw the request' },
    asked: 'Asked for',
    due: 'Can be done from',
    until: 'and until',
  },
  sw: {
    stopTitle: 'Zuia kuondolewa kwa hatua yako ya pili',
    stopLead:
      'Wahudumu wetu waliombwa kuondoa hatua ya pili kwenye akaunti yako, kwa sababu imepotea. Kama bado unayo, au hukuomba, izuie.',
    stop: 'Izuie: hakuna kilichopotea',
    stopMore: 'Kama uliomba, funga ukurasa huu. Hakuna kinachofanyika kabla ya muda uliotajwa kwenye ujumbe.',
    expired: 'Ukurasa huo ulisubiri muda mrefu mno, hivyo hakuna kilichobadilishwa. Tafadhali bonyeza tena.',
    security: 'Ona kinacholinda akaunti yako',
    ended: {
      stopped: {
        title: 'Imezuiwa',
        more: 'Hatua yako ya pili inabaki ilivyo. Kama mtu anajifanya wewe, badilisha pia nenosiri lako.',
      },
      gone: {
        title: 'Hakuna cha kuzuia',
        more: 'Ilikwisha kuzuiwa, au imepita. Ona kinacholinda akaunti yako, na uwaandikie wahudumu kama kuna kosa.',
      },
    },
    title: 'Uthibitisho wa pili umepotea',
    lead: 'Kwa aliyepoteza wote tu, baada ya kuhakikisha nje ya mfumo huu ni nani; sema vipi kwenye sababu. Mwenyewe anaarifiwa kwenye kila anwani inayojulikana na anaweza kuzuia kwa siku tatu. Kisha funguo za siri, programu, misimbo na nenosiri huondolewa, na mwenyewe huchagua nenosiri jipya kupitia anwani iliyothibitishwa. Wewe huoni lolote.',
    none: 'Akaunti hii haina uthibitisho wa pili.',
    deeds: { ask: 'Omba uondolewe', finish: 'Uondoe sasa', withdraw: 'Ondoa ombi' },
    asked: 'Iliombwa',
    due: 'Inaweza kufanywa kuanzia',
    until: 'na hadi',
  },
  fr: {
    stopTitle: 'Arrêter le retrait de votre seconde étape',
    stopLead:
      'On a demandé à notre assistance de retirer la seconde étape de votre compte, parce qu’elle serait perdue. Si vous l’avez encore, ou n’avez rien demandé, arrêtez-le.',
    stop: 'Arrêter : rien n’est perdu',
    stopMore:
      'Si vous l’avez demandé, fermez cette page. Rien n’est fait avant le moment indiqué dans le message.',
    expired: 'Cette page avait attendu trop longtemps, rien n’a donc été modifié. Veuillez recommencer.',
    security: 'Voir ce qui protège votre compte',
    ended: {
      stopped: {
        title: 'C’est arrêté',
        more: 'Votre seconde étape reste telle quelle. Si quelqu’un se fait passer pour vous, changez aussi votre mot de passe.',
      },
      gone: {
        title: 'Il n’y a rien à arrêter',
        more: 'Cela a déjà été arrêté, ou c’est terminé. Voyez ce qui protège votre compte, et écrivez à l’assistance si quelque chose ne va pas.',
      },
    },
    title: 'Seconds facteurs perdus',
    lead: 'Seulement pour qui les a tous perdus, après vous être assuré de son identité hors de ce système ; dites comment dans la raison. Le titulaire est prévenu à chaque adresse connue et peut l’arrêter pendant trois jours. Ensuite clés d’accès, applications, codes et mot de passe disparaissent, et le titulaire choisit un nouveau mot de passe par une adresse prouvée. Vous n’en voyez aucun.',
    none: 'Ce compte n’a pas de second facteur.',
    deeds: { ask: 'Demander leur retrait', finish: 'Les retirer maintenant', withdraw: 'Retirer la demande' },
    asked: 'Demandé',
    due: 'Possible à partir du',
    until: 'et jusqu’au',
  },
}
