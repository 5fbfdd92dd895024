import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Phones } from '../core/ports.ts'

/** Phone numbers as the world's numbering plans know them: `0712 345 678` and `+254 712 345678` are one number. */
export const worldPhones: Phones = {
  read: (typed) => {
    if (typed.length > 40) return null
    // Our own form has no plus sign, and people copy it.
    const international = /^\s*[1-9][0-9]{10,14}\s*$/.test(typed) ? `+${typed.trim()}` : typed
    const number = parsePhoneNumberFromString(international, { defaultCountry: 'KE', extract: false })
    return number?.isValid() === true ? number.number.slice(1) : null
  },
  countryOf: (digits) => parsePhoneNumberFromString(`+${digits}`)?.country ?? null,
}
