import type { Locale } from '../../base/locale.ts'

const en = {
  lead: 'What was refused to your applications in the last two weeks, with the reason that they were not told. Calls that went well are not kept.',
  id: 'Correlation id',
  idMore: 'The x-request-id of the answer; also the number on an error page.',
  find: 'Find',
  application: 'Client id',
  code: 'Answer',
  when: 'When',
  what: 'Call',
  reason: 'Reason',
  sent: 'What came with it',
  hidden: 'not kept',
  none: 'Nothing was refused. When a call goes wrong, it stands here a moment later.',
  notFound:
    'No refused call of your organization has that id. Calls that went well are not kept, and refused ones for two weeks.',
  nobody: 'nobody’s',
}

type RequestLogCopy = typeof en

const sw: RequestLogCopy = {
  lead: 'Yaliyokataliwa kwa programu zako katika wiki mbili zilizopita, pamoja na sababu ambayo hazikuambiwa. Maombi yaliyofaulu hayahifadhiwi.',
  id: 'Kitambulisho cha ombi',
  idMore: 'x-request-id ya jibu; pia ni namba iliyo kwenye ukurasa wa hitilafu.',
  find: 'Tafuta',
  application: 'Kitambulisho (client_id)',
  code: 'Jibu',
  when: 'Lini',
  what: 'Ombi',
  reason: 'Sababu',
  sent: 'Vilivyokuja nalo',
  hidden: 'haikuhifadhiwa',
  none: 'Hakuna kilichokataliwa. Ombi likienda vibaya, litaonekana hapa muda mfupi baadaye.',
  notFound:
    'Hakuna ombi lililokataliwa la shirika lako lenye kitambulisho hicho. Yaliyofaulu hayahifadhiwi, na yaliyokataliwa huhifadhiwa kwa wiki mbili.',
  nobody: 'si ya yeyote',
}

const fr: RequestLogCopy = {
  lead: 'Ce qui a été refusé à vos applications ces deux dernières semaines, avec la raison qui ne leur a pas été dite. Les appels réussis ne sont pas conservés.',
  id: 'Identifiant de corrélation',
  idMore: 'Le x-request-id de la réponse ; c’est aussi le numéro d’une page d’erreur.',
  find: 'Chercher',
  application: 'Identifiant (client_id)',
  code: 'Réponse',
  when: 'Quand',
  what: 'Appel',
  reason: 'Raison',
  sent: 'Ce qui l’accompagnait',
  hidden: 'non conservé',
  none: 'Rien n’a été refusé. Quand un appel échoue, il figure ici un instant plus tard.',
  notFound:
    'Aucun appel refusé de votre organisation n’a cet identifiant. Les appels réussis ne sont pas conservés, les refusés le sont deux semaines.',
  nobody: 'à personne',
}

export const requestLogCopy: Readonly<Record<Locale, RequestLogCopy>> = { en, sw, fr }
