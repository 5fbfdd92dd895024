/** How somebody is asked to join an organization. */
import { writer } from './letters.ts'

type Facts = {
  /** As `quoted` gives them: whoever chose these names is not to speak in ours. */
  readonly organization: string
  readonly inviter: string
  readonly role: 'owner' | 'developer' | 'finance' | 'viewer'
  readonly link: string
  /** Nairobi's day and time. */
  readonly until: string
}

const roles = {
  en: { owner: 'owner', developer: 'developer', finance: 'finance', viewer: 'viewer' },
  sw: { owner: 'mmiliki', developer: 'msanidi', finance: 'fedha', viewer: 'mtazamaji' },
  fr: { owner: 'propriétaire', developer: 'développeur', finance: 'finances', viewer: 'lecteur' },
} as const

/** To an address that may belong to nobody we know. The link opens for whoever proves that the address is hers. */
export const invitationLetter = writer<Facts>({
  en: ({ organization, inviter, role, link, until, host }) => ({
    subject: `An invitation to ${organization} at ${host}`,
    sentences: [
      `${inviter} invites you to join ${organization} at ${host}. Your role there: ${roles.en[role]}.`,
      '',
      'Open this link, then sign in or register with this e-mail address:',
      link,
      '',
      `It works once, for this address alone, until ${until} (East Africa Time).`,
      'People chose the names in quotation marks themselves. If you do not expect this, do nothing.',
    ],
  }),
  sw: ({ organization, inviter, role, link, until, host }) => ({
    subject: `Mwaliko wa ${organization} katika ${host}`,
    sentences: [
      `${inviter} anakualika ujiunge na ${organization} katika ${host}. Jukumu lako huko: ${roles.sw[role]}.`,
      '',
      'Fungua kiungo hiki, kisha ingia au ujisajili kwa anwani hii ya barua pepe:',
      link,
      '',
      `Kinafaa mara moja, kwa anwani hii tu, hadi ${until} (saa za Afrika Mashariki).`,
      'Majina yaliyo ndani ya alama za nukuu yalichaguliwa na wenyewe. Kama hukutarajia hili, usifanye chochote.',
    ],
  }),
  fr: ({ organization, inviter, role, link, until, host }) => ({
    subject: `Une invitation à ${organization} sur ${host}`,
    sentences: [
      `${inviter} vous invite à rejoindre ${organization} sur ${host}. Votre rôle : ${roles.fr[role]}.`,
      '',
      'Ouvrez ce lien, puis connectez-vous ou inscrivez-vous avec cette adresse e-mail :',
      link,
      '',
      `Il fonctionne une seule fois, pour cette adresse seulement, jusqu’au ${until} (heure d’Afrique de l’Est).`,
      'Les noms entre guillemets ont été choisis par les intéressés. Si vous ne vous y attendez pas, ne faites rien.',
    ],
  }),
})
