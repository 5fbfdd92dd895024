import type { Locale } from '../../base/locale.ts'
import { deskCopy, type Place } from '../copy/desk.ts'
import type { NavLink } from './layout.ts'

const hrefs: Readonly<Record<Place, string>> = {
  console: '/console',
  admin: '/admin',
  account: '/account',
}

/** The way between the desks. The operators' one is named to whoever is at it, and to nobody else. */
export function placesNav(locale: Locale, current: Place): readonly NavLink[] {
  const shown: readonly Place[] =
    current === 'admin' ? ['admin', 'console', 'account'] : ['console', 'account']
  return shown.map((place) => ({
    href: hrefs[place],
    label: deskCopy[locale].places[place],
    current: place === current,
  }))
}
