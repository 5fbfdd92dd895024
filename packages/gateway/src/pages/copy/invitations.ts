import type { Locale } from '../../base/locale.ts'

const en = {
  invite: 'Invite somebody',
  inviteMore:
    'A letter with a link goes to this address. She accepts by signing in with it, verified. The link is no secret: it opens for nobody else.',
  inviteButton: 'Invite',
  invitations: 'Invitations that wait',
  noInvitations: 'No invitation waits for an answer.',
  letterAt: (when: string) => `Letter sent ${when}`,
  noLetter: 'No letter yet: pass the link on',
  link: 'Link to pass on',
  until: 'Good until',
  change: 'Change',
  sendAgain: 'Send again',
  send: 'Send by e-mail',
  withdraw: 'Withdraw',
  invitation: 'An invitation',
  invitationText: (organization: string, role: string) => `${organization} invites you to join as ${role}.`,
  accept: 'Accept',
  otherAddress:
    'This invitation is for another e-mail address than the one of your account. Sign in with the account that has it, or ask for an invitation to yours.',
  unverified:
    'Your account has this e-mail address but never proved it. Verify it in your account, then come back.',
  notes: {
    invited:
      'Invited. A letter with the link was sent. The link stands below too, and opens only for that address.',
    'invited-limited':
      'Invited, but without a letter: enough of them were sent to this address or from here for now. Pass the link below on, or send it later.',
    'invited-unapproved':
      'Invited, but without a letter: none goes out in the name of an organization that an operator has yet to approve or has suspended. Pass the link below on.',
    'invited-uncarried':
      'Invited, but without a letter: this gateway sends no e-mail. Pass the link below on.',
    'sent-again': 'The letter was sent again, with the same link.',
    withdrawn: 'The invitation is withdrawn, and its link opens no more.',
  },
}

type InvitationCopy = typeof en

const sw: InvitationCopy = {
  invite: 'Alika mtu',
  inviteMore:
    'Barua yenye kiungo hutumwa kwa anwani hii. Hukubali kwa kuingia nayo ikiwa imethibitishwa. Kiungo si siri: hakimfungukii mtu mwingine.',
  inviteButton: 'Alika',
  invitations: 'Mialiko inayosubiri',
  noInvitations: 'Hakuna mwaliko unaosubiri jibu.',
  letterAt: (when) => `Barua ilitumwa ${when}`,
  noLetter: 'Bado hakuna barua: pitisha kiungo',
  link: 'Kiungo cha kupitisha',
  until: 'Unafaa hadi',
  change: 'Badilisha',
  sendAgain: 'Tuma tena',
  send: 'Tuma kwa barua pepe',
  withdraw: 'Futa',
  invitation: 'Mwaliko',
  invitationText: (organization, role) => `${organization} linakualika ujiunge kama ${role}.`,
  accept: 'Kubali',
  otherAddress:
    'Mwaliko huu ni wa anwani nyingine ya barua pepe, si ile ya akaunti yako. Ingia kwa akaunti iliyo nayo, au omba mwaliko kwa anwani yako.',
  unverified:
    'Akaunti yako ina anwani hii lakini haijathibitishwa. Ithibitishe kwenye akaunti yako, kisha urudi.',
  notes: {
    invited:
      'Amealikwa. Barua yenye kiungo imetumwa. Kiungo kipo pia hapa chini, na kinafunguka kwa anwani hiyo tu.',
    'invited-limited':
      'Amealikwa, lakini bila barua: kwa sasa zimetumwa za kutosha kwa anwani hii au kutoka hapa. Pitisha kiungo kilicho hapa chini, au kitume baadaye.',
    'invited-unapproved':
      'Amealikwa, lakini bila barua: hakuna inayotumwa kwa jina la shirika ambalo mwendeshaji bado hajaliidhinisha au amelisimamisha. Pitisha kiungo kilicho hapa chini.',
    'invited-uncarried':
      'Amealikwa, lakini bila barua: lango hili halitumi barua pepe. Pitisha kiungo kilicho hapa chini.',
    'sent-again': 'Barua imetumwa tena, ikiwa na kiungo kilekile.',
    withdrawn: 'Mwaliko umefutwa, na kiungo chake hakifunguki tena.',
  },
}

const fr: InvitationCopy = {
  invite: 'Inviter quelqu’un',
  inviteMore:
    'Une lettre avec un lien part à cette adresse. La personne accepte en se connectant avec elle, vérifiée. Le lien n’est pas secret : il ne s’ouvre pour personne d’autre.',
  inviteButton: 'Inviter',
  invitations: 'Invitations en attente',
  noInvitations: 'Aucune invitation n’attend de réponse.',
  letterAt: (when) => `Lettre envoyée le ${when}`,
  noLetter: 'Pas encore de lettre : transmettez le lien',
  link: 'Lien à transmettre',
  until: 'Valable jusqu’au',
  change: 'Modifier',
  sendAgain: 'Renvoyer',
  send: 'Envoyer par e-mail',
  withdraw: 'Annuler',
  invitation: 'Une invitation',
  invitationText: (organization, role) => `${organization} vous invite à la rejoindre comme ${role}.`,
  accept: 'Accepter',
  otherAddress:
    'Cette invitation est destinée à une autre adresse e-mail que celle de votre compte. Connectez-vous avec le compte concerné, ou demandez une invitation à votre adresse.',
  unverified:
    'Votre compte a cette adresse e-mail mais ne l’a jamais prouvée. Vérifiez-la dans votre compte, puis revenez.',
  notes: {
    invited:
      'Invitation créée. Une lettre avec le lien est partie. Le lien figure aussi ci-dessous ; il ne s’ouvre que pour cette adresse.',
    'invited-limited':
      'Invitation créée, mais sans lettre : il en est parti assez pour l’instant vers cette adresse ou d’ici. Transmettez le lien ci-dessous, ou envoyez-le plus tard.',
    'invited-unapproved':
      'Invitation créée, mais sans lettre : aucune ne part au nom d’une organisation qu’un opérateur n’a pas encore approuvée ou qu’il a suspendue. Transmettez le lien ci-dessous.',
    'invited-uncarried':
      'Invitation créée, mais sans lettre : cette passerelle n’envoie pas d’e-mail. Transmettez le lien ci-dessous.',
    'sent-again': 'La lettre est repartie, avec le même lien.',
    withdrawn: 'L’invitation est annulée, et son lien ne s’ouvre plus.',
  },
}

export const invitationCopy: Readonly<Record<Locale, InvitationCopy>> = { en, sw, fr }
