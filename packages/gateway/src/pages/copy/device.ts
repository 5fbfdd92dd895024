import type { Locale } from '../../base/locale.ts'

/** What a page about a device says above its form. */
export type DeviceNote = 'unknown' | 'expired' | 'cookies'

type DeviceCopy = {
  readonly title: string
  readonly lead: string
  readonly code: string
  readonly codeHint: string
  readonly go: string
  readonly notes: Readonly<Record<DeviceNote, { readonly title: string; readonly more: string }>>
  readonly waitTitle: string
  readonly wait: (minutes: number) => string
  readonly askTitle: (application: string) => string
  readonly warnTitle: string
  readonly warn: string
  readonly compare: string
  readonly allow: string
  readonly deny: string
  readonly allowedTitle: string
  readonly allowed: (application: string) => string
  readonly deniedTitle: string
  readonly denied: (application: string) => string
  readonly account: string
}

export const deviceCopy: Readonly<Record<Locale, DeviceCopy>> = {
  en: {
    title: 'Connect a device',
    lead: 'Your television, kiosk or other device shows eight letters. Type them here.',
    code: 'Letters on the device',
    codeHint: 'Such as WDJB-MJHT. Capitals, blanks and the dash do not matter.',
    go: 'Continue',
    notes: {
      unknown: {
        title: 'No device is waiting under these letters',
        more: 'Compare them with what the device shows. It may have stopped waiting: then ask it for new ones.',
      },
      expired: {
        title: 'This page has waited too long',
        more: 'Nothing was sent. Please continue once more.',
      },
      cookies: {
        title: 'Your browser keeps our cookie back',
        more: 'Connecting needs a cookie of this address. Allow it in your browser’s settings, or open this page in another browser.',
      },
    },
    waitTitle: 'Too many tries',
    wait: (minutes) =>
      `So that nobody can guess letters, the next try is possible in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    askTitle: (application) => `Let a device use ${application}?`,
    warnTitle: 'Is the device in front of you?',
    warn: 'Go on only if you started this yourself, at a device that you see. If somebody sent you these letters or a link, by message or by phone, it is their device: they would get into your account.',
    compare: 'The device shows these letters:',
    allow: 'Yes, it is my device',
    deny: 'No, send it away',
    allowedTitle: 'The device is connected',
    allowed: (application) =>
      `${application} goes on by itself on the device. You can close this page, and disconnect it at any time on your account page.`,
    deniedTitle: 'The device was sent away',
    denied: (application) => `Nobody got in, and ${application} has learnt nothing about you.`,
    account: 'To your account',
  },
  sw: {
    title: 'Unganisha kifaa',
    lead: 'Televisheni, kioski au kifaa chako kingine kinaonyesha herufi nane. Ziandike hapa.',
    code: 'Herufi zilizo kwenye kifaa',
    codeHint: 'Kama WDJB-MJHT. Herufi kubwa, nafasi na kistari si muhimu.',
    go: 'Endelea',
    notes: {
      unknown: {
        title: 'Hakuna kifaa kinachosubiri kwa herufi hizi',
        more: 'Zilinganishe na zile zinazoonyeshwa na kifaa. Huenda kimeacha kusubiri: basi kiombe herufi mpya.',
      },
      expired: {
        title: 'Ukurasa huu umesubiri muda mrefu mno',
        more: 'Hakuna kilichotumwa. Tafadhali endelea tena.',
      },
      cookies: {
        title: 'Kivinjari chako kinazuia kidakuzi chetu',
        more: 'Kuunganisha kunahitaji kidakuzi kutoka anwani hii. Kiruhusu katika mipangilio ya kivinjari chako, au fungua ukurasa huu katika kivinjari kingine.',
      },
    },
    waitTitle: 'Majaribio ni mengi mno',
    wait: (minutes) => `Ili mtu asibahatishe herufi, unaweza kujaribu tena baada ya dakika ${minutes}.`,
    askTitle: (application) => `Ruhusu kifaa kutumia ${application}?`,
    warnTitle: 'Je, kifaa kiko mbele yako?',
    warn: 'Endelea tu ikiwa umeanzisha jambo hili mwenyewe, kwenye kifaa unachokiona. Mtu akikutumia herufi hizi au kiungo, kwa ujumbe au kwa simu, kifaa ni chake: ataingia kwenye akaunti yako.',
    compare: 'Kifaa kinaonyesha herufi hizi:',
    allow: 'Ndiyo, ni kifaa changu',
    deny: 'Hapana, kikatae',
    allowedTitle: 'Kifaa kimeunganishwa',
    allowed: (application) =>
      `${application} inaendelea yenyewe kwenye kifaa. Unaweza kufunga ukurasa huu, na kukiondoa wakati wowote kwenye ukurasa wa akaunti yako.`,
    deniedTitle: 'Kifaa kimekataliwa',
    denied: (application) => `Hakuna aliyeingia, na ${application} haijajua lolote kukuhusu.`,
    account: 'Kwenye akaunti yako',
  },
  fr: {
    title: 'Connecter un appareil',
    lead: 'Votre télévision, borne ou autre appareil affiche huit lettres. Saisissez-les ici.',
    code: 'Lettres affichées sur l’appareil',
    codeHint: 'Par exemple WDJB-MJHT. Majuscules, espaces et tiret ne comptent pas.',
    go: 'Continuer',
    notes: {
      unknown: {
        title: 'Aucun appareil n’attend sous ces lettres',
        more: 'Comparez-les avec ce que l’appareil affiche. Il a peut-être cessé d’attendre : demandez-lui-en de nouvelles.',
      },
      expired: {
        title: 'Cette page a attendu trop longtemps',
        more: 'Rien n’a été transmis. Veuillez continuer une nouvelle fois.',
      },
      cookies: {
        title: 'Votre navigateur retient notre cookie',
        more: 'La connexion a besoin d’un cookie de cette adresse. Autorisez-le dans les réglages de votre navigateur, ou ouvrez cette page dans un autre navigateur.',
      },
    },
    waitTitle: 'Trop d’essais',
    wait: (minutes) =>
      `Pour que personne ne devine de lettres, le prochain essai sera possible dans ${minutes < 2 ? 'une minute' : `${minutes} minutes`}.`,
    askTitle: (application) => `Laisser un appareil utiliser ${application} ?`,
    warnTitle: 'L’appareil est-il devant vous ?',
    warn: 'Ne continuez que si vous avez commencé vous-même, sur un appareil que vous voyez. Si quelqu’un vous a envoyé ces lettres ou un lien, par message ou au téléphone, l’appareil est le sien : il entrerait dans votre compte.',
    compare: 'L’appareil affiche ces lettres :',
    allow: 'Oui, c’est mon appareil',
    deny: 'Non, le renvoyer',
    allowedTitle: 'L’appareil est connecté',
    allowed: (application) =>
      `${application} continue de lui-même sur l’appareil. Vous pouvez fermer cette page, et le déconnecter à tout moment sur la page de votre compte.`,
    deniedTitle: 'L’appareil a été renvoyé',
    denied: (application) => `Personne n’est entré, et ${application} n’a rien appris sur vous.`,
    account: 'Vers votre compte',
  },
}
