import type { Locale } from '../../base/locale.ts'
import { en } from './account/en.ts'
import { fr } from './account/fr.ts'
import { sw } from './account/sw.ts'
import type { AccountWords } from './account/words.ts'

export const accountCopy: Readonly<Record<Locale, AccountWords>> = { en, sw, fr }
