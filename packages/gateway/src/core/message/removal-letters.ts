/** What an account's owner is told when an operator is asked to take her second factors off. */
import { writer } from './letters.ts'

/** Before anything happened: it can still be stopped, and by nothing more than this message. */
export const removalAskedLetter = writer<{ readonly link: string; readonly days: number }>({
  en: ({ host, link, days }) => ({
    subject: `Somebody says you lost your second factor for ${host}`,
    sentences: [
      `Our support was asked to remove the second step from your account at ${host}.`,
      `It will be done in ${days} days at the earliest. If you did not ask for it, stop it now:`,
      link,
    ],
  }),
  sw: ({ host, link, days }) => ({
    subject: `Mtu anasema umepoteza uthibitisho wako wa pili wa ${host}`,
    sentences: [
      `Wahudumu wetu wameombwa kuondoa hatua ya pili kwenye akaunti yako ya ${host}.`,
      `Haitafanyika kabla ya siku ${days}. Kama hukuomba, izuie sasa:`,
      link,
    ],
  }),
  fr: ({ host, link, days }) => ({
    subject: `Quelqu’un dit que vous avez perdu votre second facteur pour ${host}`,
    sentences: [
      `On a demandé à notre assistance de retirer la seconde étape de votre compte sur ${host}.`,
      `Ce sera fait dans ${days} jours au plus tôt. Si vous ne l’avez pas demandé, arrêtez-le maintenant :`,
      link,
    ],
  }),
})

/** Afterwards. */
export const removedLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `The second step of your account at ${host} was removed`,
    sentences: [
      `Passkeys, apps, codes and the password of your account at ${host} were removed, and every browser was signed out.`,
      `Choose a new password, and set up a second step again: ${origin}/recover`,
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Hatua ya pili ya akaunti yako ya ${host} imeondolewa`,
    sentences: [
      `Funguo za siri, programu, misimbo na nenosiri la akaunti yako ya ${host} vimeondolewa, na vivinjari vyote vimetolewa.`,
      `Chagua nenosiri jipya, kisha weka tena hatua ya pili: ${origin}/recover`,
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `La seconde étape de votre compte sur ${host} a été retirée`,
    sentences: [
      `Clés d’accès, applications, codes et mot de passe de votre compte sur ${host} ont été retirés, et tous les navigateurs déconnectés.`,
      `Choisissez un nouveau mot de passe, puis rétablissez une seconde étape : ${origin}/recover`,
    ],
  }),
})
