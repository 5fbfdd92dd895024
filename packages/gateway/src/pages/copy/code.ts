import type { Locale } from '../../base/locale.ts'

/** What there may be to say before a code is asked for. */
export type CodeNote = 'wrong' | 'gone' | 'expired' | 'cookies' | 'again'

type CodeCopy = {
  readonly code: string
  readonly codeHint: string
  readonly submit: string
  readonly resend: string
  readonly resendMore: string
  readonly sandbox: string
  readonly sandboxLink: string
  readonly waitTitle: string
  readonly wait: (time: string) => string
  readonly seconds: (count: number) => string
  readonly minutes: (count: number) => string
  readonly notes: Readonly<Record<CodeNote, { readonly title: string; readonly more: string }>>
}

/** Words around a one-time code, wherever one is asked for. */
export const codeCopy: Readonly<Record<Locale, CodeCopy>> = {
  en: {
    code: 'Code',
    codeHint: 'Six digits. It is valid for ten minutes, in this browser alone.',
    submit: 'Go on',
    resend: 'Send another code',
    resendMore: 'Nothing arrived? Look in the spam folder too. Only the code of the newest message works.',
    sandbox: 'In the sandbox every message is read on one page:',
    sandboxLink: 'Messages to people',
    waitTitle: 'One moment',
    wait: (time) => `Another message can be sent in ${time}. One that is on its way still counts.`,
    seconds: (count) => (count === 1 ? '1 second' : `${count} seconds`),
    minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    notes: {
      wrong: { title: 'That is not the code', more: 'Look at the newest message, and type its six digits.' },
      gone: {
        title: 'That code is over',
        more: 'It was too old, was tried too often, or was used. Ask for another one.',
      },
      expired: { title: 'This page had waited too long', more: 'Nothing was sent. Please try once more.' },
      cookies: {
        title: 'Your browser holds our cookie back',
        more: 'A code is bound to your browser by one cookie from this address. Allow cookies for it in the settings, or use another browser.',
      },
      again: { title: 'Another message is on its way', more: 'Type the code of the newest one.' },
    },
  },
  sw: {
    code: 'Msimbo',
    codeHint: 'Tarakimu sita. Unafaa kwa dakika kumi, katika kivinjari hiki pekee.',
    submit: 'Endelea',
    resend: 'Tuma msimbo mwingine',
    resendMore:
      'Hakuna kilichofika? Angalia pia barua zisizotakiwa. Msimbo wa ujumbe mpya zaidi pekee ndio unaofaa.',
    sandbox: 'Katika majaribio kila ujumbe unasomwa kwenye ukurasa mmoja:',
    sandboxLink: 'Ujumbe kwa watu',
    waitTitle: 'Subiri kidogo',
    wait: (time) => `Ujumbe mwingine unaweza kutumwa baada ya ${time}. Ulio njiani bado unafaa.`,
    seconds: (count) => `sekunde ${count}`,
    minutes: (count) => `dakika ${count}`,
    notes: {
      wrong: {
        title: 'Huo si msimbo wenyewe',
        more: 'Angalia ujumbe mpya zaidi, kisha uandike tarakimu zake sita.',
      },
      gone: {
        title: 'Msimbo huo umekwisha',
        more: 'Ulikuwa wa zamani mno, umejaribiwa mara nyingi mno, au umetumika. Omba mwingine.',
      },
      expired: {
        title: 'Ukurasa huu ulisubiri muda mrefu mno',
        more: 'Hakuna kilichotumwa. Tafadhali jaribu tena.',
      },
      cookies: {
        title: 'Kivinjari chako kinazuia kidakuzi chetu',
        more: 'Msimbo unafungwa na kivinjari chako kwa kidakuzi kimoja kutoka anwani hii. Kiruhusu katika mipangilio, au tumia kivinjari kingine.',
      },
      again: { title: 'Ujumbe mwingine uko njiani', more: 'Andika msimbo wa ule mpya zaidi.' },
    },
  },
  fr: {
    code: 'Code',
    codeHint: 'Six chiffres. Il est valable dix minutes, dans ce navigateur seulement.',
    submit: 'Continuer',
    resend: 'Envoyer un autre code',
    resendMore: 'Rien reçu ? Regardez aussi parmi les indésirables. Seul compte le code du dernier message.',
    sandbox: 'Dans le bac à sable, tous les messages se lisent sur une seule page :',
    sandboxLink: 'Messages aux personnes',
    waitTitle: 'Un instant',
    wait: (time) => `Un autre message pourra partir dans ${time}. Celui qui est en route compte toujours.`,
    seconds: (count) => (count === 1 ? '1 seconde' : `${count} secondes`),
    minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
    notes: {
      wrong: {
        title: 'Ce n’est pas le bon code',
        more: 'Regardez le dernier message et saisissez ses six chiffres.',
      },
      gone: {
        title: 'Ce code n’est plus valable',
        more: 'Il était trop ancien, a été essayé trop souvent ou a déjà servi. Demandez-en un autre.',
      },
      expired: {
        title: 'Cette page avait attendu trop longtemps',
        more: 'Rien n’a été envoyé. Veuillez réessayer.',
      },
      cookies: {
        title: 'Votre navigateur retient notre cookie',
        more: 'Un code est lié à votre navigateur par un cookie de cette adresse. Autorisez-le dans les réglages, ou utilisez un autre navigateur.',
      },
      again: { title: 'Un autre message est en route', more: 'Saisissez le code du plus récent.' },
    },
  },
}
