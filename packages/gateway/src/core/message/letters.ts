/** What our messages say. Plain text, short enough for one SMS where it may become one. */
import type { Locale } from '../../base/locale.ts'
import type { Letter } from './message.ts'

/** Our own name to people: the host that their browser shows. */
type Sender = { readonly publicUrl: string }

type Ours = { readonly host: string; readonly origin: string }

/** A letter in each language: the subject for e-mail, and the sentences. */
type Wording<Facts> = Readonly<
  Record<Locale, (facts: Facts) => { readonly subject: string; readonly sentences: readonly string[] }>
>

type Writer<Facts> = (sender: Sender, locale: Locale, facts: Facts) => Letter

function writer<Facts>(wording: Wording<Facts & Ours>): Writer<Facts> {
  return ({ publicUrl }, locale, facts) => {
    const { subject, sentences } = wording[locale]({
      ...facts,
      host: new URL(publicUrl).host,
      origin: publicUrl,
    })
    return { subject, text: sentences.join('\n') }
  }
}

/**
 * A one-time code. The last line is for browsers (Origin-bound one-time codes, WICG): they offer the code on our own
 * page and on no other, so that it cannot be lured away to a page that looks like ours.
 */
export const codeLetter = writer<{ readonly code: string; readonly minutes: number }>({
  en: ({ code, minutes, host }) => ({
    subject: `${code} is your code for ${host}`,
    sentences: [
      `${code} is your code for ${host}. It is valid for ${minutes} minutes.`,
      'Never tell it to anybody. If you did not ask for it, do nothing.',
      '',
      `@${host} #${code}`,
    ],
  }),
  sw: ({ code, minutes, host }) => ({
    subject: `${code} ni msimbo wako wa ${host}`,
    sentences: [
      `${code} ni msimbo wako wa ${host}. Unafaa kwa dakika ${minutes}.`,
      'Usimwambie mtu yeyote. Kama hukuuomba, usifanye chochote.',
      '',
      `@${host} #${code}`,
    ],
  }),
  fr: ({ code, minutes, host }) => ({
    subject: `${code} est votre code pour ${host}`,
    sentences: [
      `${code} est votre code pour ${host}. Il est valable ${minutes} minutes.`,
      'Ne le dites à personne. Si vous ne l’avez pas demandé, ne faites rien.',
      '',
      `@${host} #${code}`,
    ],
  }),
})

/** To an address that leads to an account already, when somebody gives it as her own for another. */
export const takenLetter = writer<object>({
  en: ({ host, origin }) => ({
    subject: `You already have an account at ${host}`,
    sentences: [
      `Somebody gave this address to ${host}, perhaps you. It already belongs to an account there.`,
      `Sign in, or choose a new password: ${origin}/signin`,
      'If it was not you, do nothing: nothing has changed.',
    ],
  }),
  sw: ({ host, origin }) => ({
    subject: `Tayari una akaunti katika ${host}`,
    sentences: [
      `Mtu fulani, pengine wewe, ameipa ${host} anwani hii. Tayari ni ya akaunti iliyopo.`,
      `Ingia, au uchague nenosiri jipya: ${origin}/signin`,
      'Kama si wewe, usifanye chochote: hakuna kilichobadilika.',
    ],
  }),
  fr: ({ host, origin }) => ({
    subject: `Vous avez déjà un compte sur ${host}`,
    sentences: [
      `Quelqu’un, peut-être vous, a donné cette adresse à ${host}. Elle appartient déjà à un compte.`,
      `Connectez-vous, ou choisissez un nouveau mot de passe : ${origin}/signin`,
      'Si ce n’était pas vous, ne faites rien : rien n’a changé.',
    ],
  }),
})
