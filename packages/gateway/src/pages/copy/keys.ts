import type { Locale } from '../../base/locale.ts'

const en = {
  lead: 'A key and its secret sign what your programs send us. Give each program a pair of its own.',
  none: 'No keys yet. Give the first pair below: it takes a name and what it is for.',
  noneToSee: 'No keys yet. An owner or a developer of this organization can give the first pair.',
  name: 'Name',
  nameMore: 'For you alone, to tell one program from another: “Web shop”, “Branch in Kisumu”.',
  id: 'API client id',
  role: 'What it is for',
  roles: {
    merchant: 'Merchant: raises bills and asks for their status',
    aggregator: 'Aggregator: validates bills and confirms payments',
  },
  roleWords: { merchant: 'merchant', aggregator: 'aggregator' },
  may: 'It may',
  mays: {
    merchant: 'raise bills and ask for their status; never confirm a payment',
    aggregator: 'validate bills and confirm payments; never raise a bill',
  },
  roleSandbox:
    'A key does one thing or the other, never both. In the sandbox an aggregator’s may pay your own bills.',
  roleLive:
    'A key does one thing or the other, never both. An operator gives the first one that confirms payments, and says whose bills it may pay.',
  state: 'State',
  good: 'good',
  over: 'ended',
  keys: 'Good keys',
  madeAt: 'Made',
  endedAt: 'Ended',
  serves: 'Pays into',
  servesAll: 'every organization',
  servesNobody: 'nobody yet: an operator links it',
  issue: 'New keys',
  issueGo: 'Give the keys',
  made: 'The keys are made',
  rotated: 'The new key',
  once: 'This is the only time that they are shown. Keep both where your server keeps its secrets.',
  onceMore: 'The key keys the HMAC, the secret stands at the end of the text that is hashed.',
  key: 'Key',
  secret: 'Secret',
  done: 'I have both',
  keyOf: (time: string) => `Made ${time}`,
  ends: (time: string) => `ends ${time}`,
  noEnd: 'no end set',
  endNewer: 'End the newer one now',
  endOlder: (time: string) => `End the older one now, of ${time}`,
  keysMore: 'Keys and secrets themselves are shown once, when they are given, and never again.',
  weak: 'A key or secret here is shorter than 16 characters and could be guessed. Give a new one soon.',
  lenient:
    'Secure hashes in hex and in base64 of raw bytes are taken too, for an old client. A mistake in its encoding goes unnoticed.',
  rotate: 'A new key',
  rotateMore: 'Two keys may be good at once, so that your programs change over without a gap.',
  overlap: 'The one before ends',
  overlaps: {
    'at once': 'at once: it is known to others',
    'an hour': 'after an hour',
    'a day': 'after a day',
    'a week': 'after a week',
  },
  inFlight:
    'What counts is when a message reaches us, not when it was signed. While both are good we take either, and sign our notices with the older. From its end a message signed with it is refused (401, Invalid Hash), also one that is on its way, and so are the Bearer tokens that it bought.',
  rotateGo: 'Give a new key',
  rename: 'Its name',
  renameGo: 'Rename',
  end: 'End it',
  endMore: {
    merchant:
      'For good, with all its keys and from this moment. Bills that it raised can still be paid; their notices are then signed with your newest merchant key. Bills are found by your own reference only with keys of the client that raised them, so give a new key instead if the program goes on.',
    aggregator:
      'For good, with all its keys and from this moment. What it confirmed stays. Payments that it has yet to confirm are refused, so give a new key instead if the program goes on.',
  },
  confirm: (id: string) => `Type ${id} to say that you mean it`,
  endGo: 'End it for good',
  notes: {
    'key-ended': 'That key has ended. What is signed with it is refused from now on.',
    renamed: 'Renamed.',
    ended: 'It has ended. What is signed with its keys is refused from now on.',
  },
}

type KeysCopy = typeof en

const sw: KeysCopy = {
  lead: 'Ufunguo na siri yake hutia saini kile ambacho programu zako hututumia. Ipe kila programu jozi yake.',
  none: 'Bado hakuna funguo. Toa jozi ya kwanza hapa chini: inahitaji jina na kazi yake.',
  noneToSee: 'Bado hakuna funguo. Mmiliki au msanidi wa shirika hili anaweza kutoa jozi ya kwanza.',
  name: 'Jina',
  nameMore: 'Kwa ajili yenu tu, kutofautisha programu: “Duka la wavuti”, “Tawi la Kisumu”.',
  id: 'Kitambulisho (API client id)',
  role: 'Kazi yake',
  roles: {
    merchant: 'Mfanyabiashara: hutoa bili na kuuliza hali yake',
    aggregator: 'Mkusanyaji: huhakiki bili na kuthibitisha malipo',
  },
  roleWords: { merchant: 'mfanyabiashara', aggregator: 'mkusanyaji' },
  may: 'Unaweza',
  mays: {
    merchant: 'kutoa bili na kuuliza hali yake; kamwe si kuthibitisha malipo',
    aggregator: 'kuhakiki bili na kuthibitisha malipo; kamwe si kutoa bili',
  },
  roleSandbox:
    'Ufunguo hufanya moja au nyingine, kamwe si zote mbili. Kwenye majaribio, wa mkusanyaji unaweza kulipa bili zenu wenyewe.',
  roleLive:
    'Ufunguo hufanya moja au nyingine, kamwe si zote mbili. Mwendeshaji hutoa wa kwanza unaothibitisha malipo, na husema unalipa bili za nani.',
  state: 'Hali',
  good: 'inafaa',
  over: 'imeisha',
  keys: 'Funguo zinazofaa',
  madeAt: 'Iliundwa',
  endedAt: 'Iliisha',
  serves: 'Hulipa kwa',
  servesAll: 'kila shirika',
  servesNobody: 'bado hakuna: mwendeshaji huunganisha',
  issue: 'Funguo mpya',
  issueGo: 'Toa funguo',
  made: 'Funguo zimeundwa',
  rotated: 'Ufunguo mpya',
  once: 'Zinaonyeshwa mara hii tu. Zitunze zote mbili pale seva yako inapotunza siri zake.',
  onceMore: 'Ufunguo ni wa HMAC, siri husimama mwishoni mwa maandishi yanayofanyiwa hesi.',
  key: 'Ufunguo',
  secret: 'Siri',
  done: 'Ninazo zote mbili',
  keyOf: (time) => `Uliundwa ${time}`,
  ends: (time) => `unaisha ${time}`,
  noEnd: 'hauna mwisho',
  endNewer: 'Maliza mpya zaidi sasa',
  endOlder: (time) => `Maliza ule wa zamani sasa, wa ${time}`,
  keysMore: 'Funguo na siri zenyewe huonyeshwa mara moja, zinapotolewa, na kamwe tena.',
  weak: 'Ufunguo au siri hapa ni fupi kuliko herufi 16 na inaweza kubahatishwa. Toa mpya karibuni.',
  lenient:
    'Hesi salama za hex na za base64 ya baiti ghafi hupokelewa pia, kwa programu ya zamani. Kosa katika usimbaji wake halionekani.',
  rotate: 'Ufunguo mpya',
  rotateMore: 'Funguo mbili zinaweza kufaa kwa wakati mmoja, ili programu zako zibadilishe bila pengo.',
  overlap: 'Ule wa awali unaisha',
  overlaps: {
    'at once': 'papo hapo: wengine wanaujua',
    'an hour': 'baada ya saa moja',
    'a day': 'baada ya siku moja',
    'a week': 'baada ya wiki moja',
  },
  inFlight:
    'Kinachohesabiwa ni wakati ujumbe unapotufikia, si wakati ulipotiwa saini. Zote mbili zinapofaa tunapokea yoyote, na tunatia saini arifa zetu kwa ule wa zamani. Ukishaisha, ujumbe uliotiwa saini nao hukataliwa (401, Invalid Hash), hata ulio njiani, pamoja na tokeni za Bearer zilizonunuliwa nao.',
  rotateGo: 'Toa ufunguo mpya',
  rename: 'Jina lake',
  renameGo: 'Badilisha jina',
  end: 'Maliza',
  endMore: {
    merchant:
      'Kabisa, pamoja na funguo zake zote na kuanzia sasa. Bili ilizotoa bado zinaweza kulipwa; arifa zake hutiwa saini kwa ufunguo wenu mpya zaidi wa mfanyabiashara. Bili hupatikana kwa marejeleo yenu wenyewe kwa funguo za mteja aliyezitoa tu, hivyo toa ufunguo mpya badala yake ikiwa programu inaendelea.',
    aggregator:
      'Kabisa, pamoja na funguo zake zote na kuanzia sasa. Ilichothibitisha kinabaki. Malipo ambayo bado haijathibitisha hukataliwa, hivyo toa ufunguo mpya badala yake ikiwa programu inaendelea.',
  },
  confirm: (id) => `Andika ${id} kuonyesha kwamba umekusudia`,
  endGo: 'Maliza kabisa',
  notes: {
    'key-ended': 'Ufunguo huo umeisha. Kilichotiwa saini nao hukataliwa kuanzia sasa.',
    renamed: 'Jina limebadilishwa.',
    ended: 'Imeisha. Kilichotiwa saini kwa funguo zake hukataliwa kuanzia sasa.',
  },
}

const fr: KeysCopy = {
  lead: 'Une clé et son secret signent ce que vos programmes nous envoient. Donnez à chacun sa propre paire.',
  none: 'Pas encore de clés. Donnez la première paire ci-dessous : il faut un nom et ce à quoi elle sert.',
  noneToSee:
    'Pas encore de clés. Un propriétaire ou un développeur de cette organisation peut donner la première paire.',
  name: 'Nom',
  nameMore:
    'Pour vous seuls, afin de distinguer un programme d’un autre : « Boutique web », « Agence de Kisumu ».',
  id: 'Identifiant (API client id)',
  role: 'À quoi elle sert',
  roles: {
    merchant: 'Marchand : émet des factures et demande leur état',
    aggregator: 'Agrégateur : vérifie les factures et confirme les paiements',
  },
  roleWords: { merchant: 'marchand', aggregator: 'agrégateur' },
  may: 'Elle peut',
  mays: {
    merchant: 'émettre des factures et demander leur état ; jamais confirmer un paiement',
    aggregator: 'vérifier des factures et confirmer des paiements ; jamais émettre une facture',
  },
  roleSandbox:
    'Une clé fait l’un ou l’autre, jamais les deux. Dans le bac à sable, celle d’un agrégateur peut payer vos propres factures.',
  roleLive:
    'Une clé fait l’un ou l’autre, jamais les deux. Un opérateur donne la première qui confirme des paiements et dit quelles factures elle peut payer.',
  state: 'État',
  good: 'valable',
  over: 'terminée',
  keys: 'Clés valables',
  madeAt: 'Créée',
  endedAt: 'Terminée',
  serves: 'Paie à',
  servesAll: 'toutes les organisations',
  servesNobody: 'personne encore : un opérateur la relie',
  issue: 'Nouvelles clés',
  issueGo: 'Donner les clés',
  made: 'Les clés sont créées',
  rotated: 'La nouvelle clé',
  once: 'Elles ne sont montrées que cette fois. Gardez les deux là où votre serveur garde ses secrets.',
  onceMore: 'La clé est celle du HMAC, le secret termine le texte qui est haché.',
  key: 'Clé',
  secret: 'Secret',
  done: 'J’ai les deux',
  keyOf: (time) => `Créée ${time}`,
  ends: (time) => `prend fin ${time}`,
  noEnd: 'sans fin fixée',
  endNewer: 'Mettre fin maintenant à la plus récente',
  endOlder: (time) => `Mettre fin maintenant à l’ancienne, du ${time}`,
  keysMore: 'Les clés et les secrets eux-mêmes sont montrés une fois, quand ils sont donnés, et jamais plus.',
  weak: 'Une clé ou un secret a ici moins de 16 caractères et pourrait être deviné. Donnez-en bientôt une nouvelle.',
  lenient:
    'Les hachages en hexadécimal et en base64 des octets bruts sont aussi acceptés, pour un ancien client. Une erreur dans son encodage passe inaperçue.',
  rotate: 'Une nouvelle clé',
  rotateMore: 'Deux clés peuvent valoir en même temps, pour que vos programmes changent sans interruption.',
  overlap: 'La précédente prend fin',
  overlaps: {
    'at once': 'aussitôt : d’autres la connaissent',
    'an hour': 'dans une heure',
    'a day': 'dans un jour',
    'a week': 'dans une semaine',
  },
  inFlight:
    'Ce qui compte est le moment où un message nous parvient, non celui où il fut signé. Tant que les deux valent, nous acceptons l’une ou l’autre et signons nos avis avec l’ancienne. Dès sa fin, un message signé avec elle est refusé (401, Invalid Hash), même s’il est en chemin, ainsi que les jetons Bearer qu’elle a achetés.',
  rotateGo: 'Donner une nouvelle clé',
  rename: 'Son nom',
  renameGo: 'Renommer',
  end: 'Y mettre fin',
  endMore: {
    merchant:
      'Pour toujours, avec toutes ses clés et dès maintenant. Les factures émises peuvent encore être payées ; leurs avis sont alors signés avec votre clé de marchand la plus récente. Une facture n’est trouvée par votre propre référence qu’avec les clés du client qui l’a émise : donnez plutôt une nouvelle clé si le programme continue.',
    aggregator:
      'Pour toujours, avec toutes ses clés et dès maintenant. Ce qui a été confirmé reste. Les paiements encore à confirmer sont refusés : donnez plutôt une nouvelle clé si le programme continue.',
  },
  confirm: (id) => `Saisissez ${id} pour dire que vous le voulez`,
  endGo: 'Y mettre fin pour toujours',
  notes: {
    'key-ended': 'Cette clé a pris fin. Ce qui est signé avec elle est désormais refusé.',
    renamed: 'Renommée.',
    ended: 'C’est terminé. Ce qui est signé avec ses clés est désormais refusé.',
  },
}

export const keysCopy: Readonly<Record<Locale, KeysCopy>> = { en, sw, fr }
