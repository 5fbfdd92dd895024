import type { oauth } from '@lango/wire'
import { accountName } from '../../core/account/account.ts'
import type { Attribute } from '../../core/token/user-info.ts'
import { describer, type Sayings } from '../families/oauth/describe.ts'

/** The standard claims, and for a whole national identity the names that public registers use. */
type Claims = Omit<oauth.StandardClaims, 'sub'> & {
  readonly id_number: string
  readonly account_type: string
  readonly account_number: number
  readonly kra_pin: string
}

const sayings: Sayings<Claims> = {
  name: {
    name: accountName,
    given_name: (account) => account.firstName,
    family_name: (account) => account.lastName,
  },
  gender: { gender: ({ gender }) => (gender === null ? null : genders[gender]) },
  'birth-date': { birthdate: (account) => account.bornOn },
  language: { locale: (account) => account.locale },
  email: {
    email: (account) => account.email,
    email_verified: (account) => (account.email === null ? null : account.emailVerified),
  },
  phone: {
    phone_number: ({ phone }) => (phone === null ? null : `+${phone}`),
    phone_number_verified: (account) => (account.phone === null ? null : account.phoneVerified),
  },
  'id-number': { id_number: (account) => account.idNumber },
  kind: { account_type: (account) => account.kind },
  'tax-number': { kra_pin: (account) => account.kraPin },
  number: { account_number: (account) => account.number },
}

/** OpenID Connect Core 5.1 has words where other wires have a letter. */
const genders = { m: 'male', f: 'female' } as const

export const describe = describer(sayings, 'left-out')

export const claimsOfAccounts: readonly string[] = Object.values(sayings).flatMap((claims) =>
  Object.keys(claims),
)

const attributes = new Map<string, Attribute>(
  (Object.keys(sayings) as Attribute[]).flatMap((name) =>
    Object.keys(sayings[name]).map((claim) => [claim, name] as const),
  ),
)

export function attributeOf(claim: string): Attribute | null {
  return attributes.get(claim) ?? null
}
