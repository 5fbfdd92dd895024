/** Names that others read on consent pages and bills: one line of plain text that cannot pass for another. */

/** Why a name cannot be taken, in one sentence; null when it can. */
export function nameFault(name: string): string | null {
  if (!/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]{2,100}$/u.test(name))
    return 'Give 2 to 100 characters on one line.'
  if (!/\p{L}/u.test(name)) return 'Give a name with letters in it.'
  return mixesScripts(name)
    ? 'The name mixes letters of different alphabets that look alike, so that it could pass for another. Write it in one alphabet.'
    : null
}

/** Blanks as people mean them. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

/** Alphabets whose letters are taken for each other; a word of one and a word of another are a translation, not a trick. */
const alike = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

function mixesScripts(name: string): boolean {
  return name.split(/[^\p{L}\p{M}]+/u).some((word) => alike.filter((script) => script.test(word)).length > 1)
}

/**
 * The same for all names that the eye confuses: capitals, blanks, accents and the letters of other alphabets that look
 * like Latin ones are made alike. For telling an operator that a name is close to another. Of two strangers neither is
 * refused for being close to the other: short names meet by chance. Only the house's own are kept from others by it,
 * see houseNameFault.
 */
export function skeletonOf(name: string): string {
  return [...name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()]
    .map((letter) => lookalikes[letter] ?? letter)
    .join('')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}

/** As the pages call the gateway. */
const houseName = 'Lango'

/**
 * Why whoever is not the operator cannot take a name: on a page that asks for a password it would pass for the gateway
 * itself, or for who keeps it. A name that only begins with the word is another's: it is an ordinary one, a gate.
 */
export function houseNameFault(name: string, operatorName: string): string | null {
  const seen = glanceOf(name)
  const taken = [houseName, operatorName].find((one) => glanceOf(one) === seen)
  return taken === undefined
    ? null
    : `The name could pass for ${taken}, which is this gateway or who keeps it. Give the name that your own users know you by.`
}

/**
 * A skeleton, and beyond it what is taken for one letter at a glance. Coarser than skeletonOf, which is on record and
 * stays as it is; and right only where few names are kept.
 */
function glanceOf(name: string): string {
  const spelt = [...name.normalize('NFKC')].map((letter) => glances[letter.toLowerCase()] ?? letter).join('')
  const skeleton = skeletonOf(spelt)
  return skeleton === '' ? name : skeleton.replaceAll('i', 'l')
}

/** Letters of Latin beyond a to z, and figures, that nobody tells from a letter in a small heading. */
const glances: Readonly<Record<string, string>> = {
  ɑ: 'a',
  ᴀ: 'a',
  ɡ: 'g',
  ɢ: 'g',
  ց: 'g',
  '9': 'g',
  ɩ: 'l',
  ɪ: 'l',
  ʟ: 'l',
  ǀ: 'l',
  ӏ: 'l',
  ɴ: 'n',
  ո: 'n',
  ᴏ: 'o',
  օ: 'o',
  ø: 'o',
  '4': 'a',
  '@': 'a',
}

const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  α: 'a',
  ε: 'e',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'y',
  χ: 'x',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  0: 'o',
  1: 'l',
  3: 'e',
  5: 's',
  '|': 'l',
  ı: 'i',
  ł: 'l',
} // prettier-ignore -- one row an alphabet reads better than one letter a line
