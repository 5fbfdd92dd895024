import type { Locale } from '../../base/locale.ts'

const en = {
  lead: 'An origin is where your own pages and servers are: notices are sent there, payers return there, and its pages may show a bill in a frame. A checkout that names any other is refused.',
  none: 'No origin yet, so no checkout can be accepted. Register the first one below.',
  noneToSee: 'No origin yet. An owner or a developer of this organization can register the first one.',
  origin: 'Origin',
  originMore:
    'Scheme and host, and the port when it is not the usual one: https://shop.example. http only on your own machine.',
  add: 'Register an origin',
  addGo: 'Register it',
  remove: 'Remove',
  removeMore:
    'Removed, it is refused in new bills from the next request on, and its pages can frame none. Bills that were made still send their notices where they said.',
  notes: {
    added: 'Registered. It holds from the next request on.',
    removed: 'Removed. New bills that name it are refused.',
  },
} // prettier-ignore -- a sentence a line

type OriginsCopy = typeof en

const sw: OriginsCopy = {
  lead: 'Asili ni mahali kurasa na seva zenu zilipo: arifa hutumwa huko, walipaji hurudi huko, na kurasa zake zinaweza kuonyesha bili ndani ya fremu. Malipo yanayotaja nyingine yoyote hukataliwa.',
  none: 'Bado hakuna asili, hivyo hakuna malipo yanayoweza kupokelewa. Sajili ya kwanza hapa chini.',
  noneToSee: 'Bado hakuna asili. Mmiliki au msanidi wa shirika hili anaweza kusajili ya kwanza.',
  origin: 'Asili',
  originMore:
    'Skimu na seva, na mlango ikiwa si wa kawaida: https://shop.example. http kwenye kompyuta yako tu.',
  add: 'Sajili asili',
  addGo: 'Isajili',
  remove: 'Ondoa',
  removeMore:
    'Ikiondolewa, hukataliwa kwenye bili mpya kuanzia ombi linalofuata, na kurasa zake haziwezi kuonyesha bili. Bili zilizoundwa bado hutuma arifa zake zilipotaja.',
  notes: {
    added: 'Imesajiliwa. Inatumika kuanzia ombi linalofuata.',
    removed: 'Imeondolewa. Bili mpya zinazoitaja hukataliwa.',
  },
}

const fr: OriginsCopy = {
  lead: 'Une origine est là où se trouvent vos pages et vos serveurs : les avis y sont envoyés, les payeurs y reviennent, et ses pages peuvent montrer une facture dans un cadre. Un paiement qui en nomme une autre est refusé.',
  none: 'Pas encore d’origine, donc aucun paiement ne peut être accepté. Enregistrez la première ci-dessous.',
  noneToSee:
    'Pas encore d’origine. Un propriétaire ou un développeur de cette organisation peut enregistrer la première.',
  origin: 'Origine',
  originMore:
    'Https et le nom de votre hôte, comme dans la barre du navigateur, et le port s’il n’est pas habituel ; http seulement sur votre propre machine.',
  add: 'Enregistrer une origine',
  addGo: 'Enregistrer',
  remove: 'Retirer',
  removeMore:
    'Retirée, elle est refusée dans les nouvelles factures dès la prochaine requête, et ses pages n’en montrent plus dans un cadre. Les factures déjà faites envoient toujours leurs avis où elles l’ont dit.',
  notes: {
    added: 'Enregistrée. Cela vaut dès la prochaine requête.',
    removed: 'Retirée. Les nouvelles factures qui la nomment sont refusées.',
  },
}

export const originsCopy: Readonly<Record<Locale, OriginsCopy>> = { en, sw, fr }
