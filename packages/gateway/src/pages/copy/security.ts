import type { Locale } from '../../base/locale.ts'
import { en } from './security/en.ts'
import { fr } from './security/fr.ts'
import { sw } from './security/sw.ts'
import type { SecurityWords } from './security/words.ts'

export const securityCopy: Readonly<Record<Locale, SecurityWords>> = { en, sw, fr }
