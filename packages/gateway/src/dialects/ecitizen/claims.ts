import type { ecitizen } from '@lango/wire'
import { accountName } from '../../core/account/account.ts'
import { describer, type Sayings } from '../families/oauth/describe.ts'

/**
 * The seed's fields with the standard claims beside them. Two names have two spellings, because the seed shows one
 * and clients read the other (field-facts section 3). What is not known is said as null: clients read all unasked.
 */
const sayings: Sayings<Omit<ecitizen.UserInfo, 'sub'>> = {
  number: { id: (account) => account.number, active: (account) => account.active },
  'id-number': { id_number: (account) => account.idNumber },
  kind: { account_type: (account) => account.kind },
  name: {
    first_name: (account) => account.firstName,
    last_name: (account) => account.lastName,
    surname: (account) => account.surname,
    name: accountName,
    given_name: (account) => account.firstName,
    family_name: (account) => account.lastName,
  },
  gender: { gender: (account) => account.gender, Gender: (account) => account.gender },
  'birth-date': { dob: (account) => account.bornOn, birthdate: (account) => account.bornOn },
  language: { locale: (account) => account.locale },
  email: { email: (account) => account.email, email_verified: (account) => account.emailVerified },
  phone: {
    mobile_number: (account) => account.phone,
    mobile_verified: (account) => account.phoneVerified,
    phone_number: ({ phone }) => (phone === null ? null : `+${phone}`),
    phone_number_verified: (account) => account.phoneVerified,
  },
  'tax-number': { kra_pin_number: (account) => account.kraPin, Kra_pin_number: (account) => account.kraPin },
}

export const describe = describer(sayings, 'null')
