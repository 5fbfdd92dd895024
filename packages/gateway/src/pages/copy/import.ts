import type { Locale } from '../../base/locale.ts'

const en = {
  lead: 'You come from another installation? Bring what was given out there, so that nothing that is deployed needs a change but the host name.',
  lead2:
    'Paste one JSON document, or choose its file. You see row by row what would become of it before anything is changed.',
  pasted: 'The document',
  pastedMore:
    'JSON, at most 60 kB. Secrets are kept encrypted until it is decided. What nobody confirms is gone after a day.',
  file: 'Or its file',
  fileMore: 'A JSON file; it goes before what is pasted.',
  look: 'Look at it first',
  example: 'What such a document looks like',
  exampleMore:
    'Leave out what you do not have. Secrets of fewer than 8 characters are refused, and weak ones are named: rotate them soon.',
  check: 'What would become of it',
  last: 'What became of the last document',
  kind: 'What',
  name: 'Id, code or address',
  outcome: 'What becomes of it',
  kinds: { application: 'Application', 'api-client': 'Key', service: 'Service', origin: 'Origin' },
  outcomes: { new: 'will be made', asked: 'asks an operator', there: 'there already', refused: 'refused' },
  ended: { new: 'made', asked: 'asked', there: 'was there', refused: 'refused' },
  bring: (count: number) => (count === 1 ? 'Bring 1 in' : `Bring ${count} in`),
  ask: 'Ask an operator',
  askMore:
    'Ids that others know you by are given out by an operator, so that nobody takes yours before you come. Nothing of this document is brought in until then.',
  drop: 'Discard it',
  nothing: 'Nothing of this document is new. Mend the rows that are refused, or discard it.',
  waits: 'Waits for an operator',
  waitsMore: 'An operator compares these ids with what you had. You are shown here what she decides.',
  withdraw: 'Take it back',
  declined: 'An operator declined this document:',
  notes: {
    done: 'Brought in. What was refused stands below with the reason.',
    waiting: 'An operator was asked. Nothing is brought in until she decides.',
    withdrawn: 'Discarded. Its secrets are gone from here.',
  },
  takenBy: 'Another organization has it:',
  waitingList:
    'Documents of organizations that come from another installation. Ids are given to whoever has them first, so compare them with what the old installation says.',
  noneWaits: 'No document waits.',
  organization: 'Organization',
  since: 'Waits since',
  decide: 'Decide',
  approve: 'Bring it in',
  decline: 'Decline',
}

type ImportCopy = typeof en

const sw: ImportCopy = {
  lead: 'Unatoka kwenye mfumo mwingine? Leta vilivyotolewa huko, ili programu zinazotumika zisibadilishwe chochote ila jina la seva.',
  lead2:
    'Bandika hati moja ya JSON, au chagua faili yake. Utaona safu kwa safu kitakachotokea kabla chochote hakijabadilishwa.',
  pasted: 'Hati',
  pastedMore:
    'JSON, isiyozidi kB 60. Siri huhifadhiwa zikiwa zimefichwa hadi uamuzi utolewe. Kisichothibitishwa hufutwa baada ya siku moja.',
  file: 'Au faili yake',
  fileMore: 'Faili ya JSON; hutangulia kilichobandikwa.',
  look: 'Itazame kwanza',
  example: 'Mfano wa hati kama hiyo',
  exampleMore:
    'Acha usivyonavyo. Siri zenye herufi chini ya 8 hukataliwa, na zilizo dhaifu hutajwa: zibadilishe mapema.',
  check: 'Kitakachotokea',
  last: 'Kilichotokea kwa hati iliyopita',
  kind: 'Kitu',
  name: 'Kitambulisho, msimbo au anwani',
  outcome: 'Kitakuwaje',
  kinds: { application: 'Programu', 'api-client': 'Ufunguo', service: 'Huduma', origin: 'Asili' },
  outcomes: {
    new: 'kitaundwa',
    asked: 'kinahitaji mwendeshaji',
    there: 'kipo tayari',
    refused: 'kimekataliwa',
  },
  ended: { new: 'kimeundwa', asked: 'kiliombwa', there: 'kilikuwepo', refused: 'kimekataliwa' },
  bring: (count) => `Leta ${count}`,
  ask: 'Mwombe mwendeshaji',
  askMore:
    'Vitambulisho ambavyo wengine wanakujua navyo hutolewa na mwendeshaji, ili asiwepo wa kuvichukua kabla hujafika. Hakuna cha hati hii kinacholetwa hadi hapo.',
  drop: 'Itupe',
  nothing: 'Hakuna kipya kwenye hati hii. Rekebisha safu zilizokataliwa, au itupe.',
  waits: 'Inasubiri mwendeshaji',
  waitsMore: 'Mwendeshaji hulinganisha vitambulisho hivi na ulivyokuwa navyo. Uamuzi wake utaonekana hapa.',
  withdraw: 'Irudishe',
  declined: 'Mwendeshaji ameikataa hati hii:',
  notes: {
    done: 'Vimeletwa. Vilivyokataliwa viko hapa chini pamoja na sababu.',
    waiting: 'Mwendeshaji ameombwa. Hakuna kinacholetwa hadi aamue.',
    withdrawn: 'Imetupwa. Siri zake hazipo tena hapa.',
  },
  takenBy: 'Shirika lingine linacho:',
  waitingList:
    'Hati za mashirika yanayotoka kwenye mfumo mwingine. Kitambulisho hupewa wa kwanza kuja, hivyo linganisha na mfumo wa zamani unavyosema.',
  noneWaits: 'Hakuna hati inayosubiri.',
  organization: 'Shirika',
  since: 'Inasubiri tangu',
  decide: 'Amua',
  approve: 'Ilete',
  decline: 'Kataa',
}

const fr: ImportCopy = {
  lead: 'Vous venez d’une autre installation ? Apportez ce qui y a été distribué : rien de ce qui est déployé n’a à changer, sauf le nom d’hôte.',
  lead2:
    'Collez un document JSON, ou choisissez son fichier. Vous voyez ligne par ligne ce qui en adviendrait avant que quoi que ce soit ne change.',
  pasted: 'Le document',
  pastedMore:
    'JSON, 60 ko au plus. Les secrets restent chiffrés jusqu’à la décision. Ce que personne ne confirme disparaît après un jour.',
  file: 'Ou son fichier',
  fileMore: 'Un fichier JSON ; il passe avant ce qui est collé.',
  look: 'L’examiner d’abord',
  example: 'À quoi ressemble un tel document',
  exampleMore:
    'Omettez ce que vous n’avez pas. Les secrets de moins de 8 caractères sont refusés, et les faibles sont signalés : remplacez-les bientôt.',
  check: 'Ce qui en adviendrait',
  last: 'Ce qu’est devenu le dernier document',
  kind: 'Quoi',
  name: 'Identifiant, code ou adresse',
  outcome: 'Ce qui en advient',
  kinds: { application: 'Application', 'api-client': 'Clé', service: 'Service', origin: 'Origine' },
  outcomes: { new: 'à créer', asked: 'demandé à un opérateur', there: 'existe déjà', refused: 'refusé' },
  ended: { new: 'créé', asked: 'demandé', there: 'existait', refused: 'refusé' },
  bring: (count) => (count === 1 ? 'Importer 1 élément' : `Importer ${count} éléments`),
  ask: 'Demander à un opérateur',
  askMore:
    'Les identifiants sous lesquels d’autres vous connaissent sont attribués par un opérateur, pour que personne ne prenne les vôtres avant vous. D’ici là, rien de ce document n’est importé.',
  drop: 'L’abandonner',
  nothing: 'Rien dans ce document n’est nouveau. Corrigez les lignes refusées, ou abandonnez-le.',
  waits: 'En attente d’un opérateur',
  waitsMore: 'Un opérateur compare ces identifiants à ceux que vous aviez. Sa décision sera affichée ici.',
  withdraw: 'Le retirer',
  declined: 'Un opérateur a refusé ce document :',
  notes: {
    done: 'Importé. Ce qui a été refusé figure ci-dessous avec la raison.',
    waiting: 'Un opérateur a été sollicité. Rien n’est importé avant sa décision.',
    withdrawn: 'Abandonné. Ses secrets ne sont plus ici.',
  },
  takenBy: 'Une autre organisation l’a :',
  waitingList:
    'Documents d’organisations qui viennent d’une autre installation. Un identifiant revient au premier arrivé : comparez avec ce que dit l’ancienne installation.',
  noneWaits: 'Aucun document n’attend.',
  organization: 'Organisation',
  since: 'Attend depuis',
  decide: 'Décider',
  approve: 'L’importer',
  decline: 'Refuser',
}

export const importCopy: Readonly<Record<Locale, ImportCopy>> = { en, sw, fr }
