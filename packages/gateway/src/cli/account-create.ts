import { locales } from '../base/locale.ts'
import { accountKinds } from '../core/account/account.ts'
import { createAccount } from '../core/account/create-account.ts'
import { worldPhones } from '../outside/phones.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { oneOf } from './app-create.ts'
import { UsageFault, type Command } from './command.ts'
import { createEntries, fileOptions, type Created, type Entry } from './entries.ts'
import { granted } from './with-ports.ts'

export const command: Command = {
  about:
    'Makes an account that can sign in by its id number, e-mail or phone. Given numbers are kept (moving in).',
  takes: [],
  options: {
    kind: { type: 'string', value: 'KIND', meaning: `${accountKinds.join(', ')}; citizen if not given` },
    'first-name': { type: 'string', value: 'NAME', meaning: 'or the name of a business' },
    'last-name': { type: 'string', value: 'NAME', meaning: 'may be left out for a business' },
    surname: { type: 'string', value: 'NAME', meaning: 'a further name' },
    'id-number': { type: 'string', value: 'ID', meaning: 'of the identity document' },
    email: { type: 'string', value: 'ADDRESS', meaning: 'an e-mail address' },
    phone: { type: 'string', value: 'NUMBER', meaning: 'a phone number' },
    gender: { type: 'string', value: 'LETTER', meaning: 'm or f' },
    'kra-pin': { type: 'string', value: 'PIN', meaning: 'the tax PIN' },
    'born-on': { type: 'string', value: 'DAY', meaning: 'YYYY-MM-DD' },
    locale: {
      type: 'string',
      value: 'CODE',
      meaning: `the language of its pages, ${locales.join(', ')}; en if not given`,
    },
    password: { type: 'string', value: 'TEXT', meaning: 'without one the account cannot sign in yet' },
    number: { type: 'string', value: 'NUMBER', meaning: 'a given `id` that applications know it by' },
    ...fileOptions,
  },
  run: async (asked) => await createEntries(asked, 'account', create),
}

async function create(ports: OpenPorts, entry: Entry): Promise<Created> {
  const gender = entry.text('gender')
  const number = entry.text('number')
  const account = granted(
    await createAccount(ports, {
      demo: false,
      kind: oneOf('kind', entry.text('kind') ?? 'citizen', accountKinds),
      firstName: entry.need('first-name'),
      lastName: entry.text('last-name') ?? '',
      surname: entry.text('surname') ?? null,
      idNumber: entry.need('id-number'),
      email: entry.text('email') ?? null,
      emailVerified: false,
      phone: phoneOf(entry.text('phone')),
      phoneVerified: false,
      gender: gender === undefined ? null : oneOf('gender', gender.toLowerCase(), ['m', 'f'] as const),
      kraPin: entry.text('kra-pin') ?? null,
      bornOn: entry.text('born-on') ?? null,
      locale: oneOf('locale', entry.text('locale') ?? 'en', locales),
      password: entry.text('password') ?? null,
      ...(number === undefined ? {} : { number: Number(number) }),
    }),
  )
  return { value: { account: account.id, number: account.number }, warnings: [] }
}

function phoneOf(typed: string | undefined): string | null {
  if (typed === undefined) return null
  return worldPhones.read(typed) ?? notAPhone(typed)
}

function notAPhone(typed: string): never {
  throw new UsageFault(`--phone: ${typed} is no phone number`)
}
