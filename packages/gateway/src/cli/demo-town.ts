import { serviceCode } from '../base/id.ts'
import type { CreateAccount } from '../core/account/create-account.ts'

/**
 * The people, shop and bank of the sandbox. Everything here is made up and public; live mode refuses to start over
 * a database that holds any of it.
 */
export const password = 'lango-demo-2026'

type Person = Omit<CreateAccount, 'password'> & { readonly idNumber: string }

const nobody = {
  demo: true,
  surname: null,
  emailVerified: true,
  phoneVerified: true,
  kraPin: null,
  locale: 'en',
} as const

export const people: readonly Person[] = [
  {
    ...nobody,
    kind: 'citizen',
    firstName: 'Wanjiku',
    lastName: 'Kamau',
    surname: 'Njeri',
    idNumber: '10000001',
    email: 'wanjiku@example.com',
    phone: '254700000100',
    gender: 'f',
    kraPin: 'A000000001Z',
    bornOn: '1990-04-12',
  },
  {
    ...nobody,
    kind: 'alien',
    firstName: 'Amina',
    lastName: 'Hassan',
    idNumber: 'A1000002',
    email: 'amina@example.com',
    phone: '254700000101',
    gender: 'f',
    bornOn: '1985-11-30',
    locale: 'sw',
  },
  {
    ...nobody,
    kind: 'business',
    firstName: 'Otieno Traders',
    lastName: '',
    idNumber: 'PVT-1000003',
    email: 'otieno@example.com',
    phone: '254700000102',
    gender: null,
    kraPin: 'P000000003Z',
    bornOn: null,
  },
]

/** Who keeps the house: the first operator of /admin. */
export const operatorPerson: Person = {
  ...nobody,
  kind: 'citizen',
  firstName: 'Baraka',
  lastName: 'Mwangi',
  idNumber: '10000004',
  email: 'operator@example.com',
  phone: '254700000103',
  gender: 'm',
  bornOn: '1979-01-09',
}

/** Who builds for the shop: the owner of its organization in /console. */
export const integratorPerson: Person = {
  ...nobody,
  kind: 'citizen',
  firstName: 'Njoki',
  lastName: 'Barasa',
  idNumber: '10000005',
  email: 'integrator@example.com',
  phone: '254700000104',
  gender: 'f',
  bornOn: '1994-08-21',
}

export const shop = {
  organizationId: '01900000-0000-7000-8000-000000000001',
  name: 'Duka la Ufundi',
  clientId: 'demo-shop',
  clientSecret: 'demo-shop-secret-not-for-real-use',
  apiClientId: 'demo-shop',
  key: 'demo-shop-key-not-for-real-use',
  secret: 'demo-shop-hash-secret-not-for-real-use',
  webhookSecret: 'whsec_bGFuZ28tZGVtby1zaG9wLXdlYmhvb2stc2VjcmV0',
  serviceCode: serviceCode('20001'),
  inbox: 'duka',
} as const

/** A client as old as they come in the field: no PKCE, no state, another redirect_uri at the token step. */
export const legacy = {
  clientId: 'demo-legacy',
  clientSecret: 'demo-legacy-secret-not-for-real-use',
  redirectUris: ['http://localhost:8000', 'http://localhost:8000/login/sso/code'],
} as const

export const bank = {
  organizationId: '01900000-0000-7000-8000-000000000002',
  name: 'Benki ya Mfano',
  apiClientId: 'demo-bank',
  key: 'demo-bank-key-not-for-real-use',
  secret: 'demo-bank-hash-secret-not-for-real-use',
} as const

/** What the Daraja simulator was started with. */
export const stkSettings = {
  consumerKey: 'sandbox-consumer-key',
  consumerSecret: 'sandbox-consumer-secret',
  shortCode: '174379',
  passkey: 'sandbox-passkey',
  type: 'paybill',
} as const
