import { createHmac } from 'node:crypto'
import { diagnoseHash, encodeDigest, pesaflow, type Keys, type Recipe } from '@lango/wire'
import { text, UsageFault, type Asked, type Command, type Outcome } from './command.ts'
import { oneOf } from './app-create.ts'

const messages = ['checkout', 'validate', 'confirm', 'status', 'notification', 'ussd'] as const

export const command: Command = {
  about:
    'Computes the secure hash of a message, and with --given explains why another one does not match. Fields are given as\n' +
    'NAME=VALUE, for instance: lango hash status --key my-key --secret my-secret api_client_id=1 ref_no=GWLQKD\n' +
    'Nothing is sent and no database is opened.',
  takes: [`${messages.join('|')}`, '[NAME=VALUE…]'],
  options: {
    key: { type: 'string', value: 'TEXT', meaning: 'the key of the HMAC' },
    secret: { type: 'string', value: 'TEXT', meaning: 'the secret, appended where the message asks for it' },
    given: { type: 'string', value: 'HASH', meaning: 'a hash to hold against it' },
    field: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      meaning: 'a field, if you prefer an option',
    },
  },
  run: (asked) => Promise.resolve(explain(asked)),
}

const mac = (key: string | Uint8Array, said: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(said, 'utf8').digest())

function explain(asked: Asked): Outcome {
  const [message, ...rest] = asked.given
  const recipe: Recipe = pesaflow.recipes[oneOf('message', message ?? '', messages)]
  const values = valuesOf(recipe, [...rest.filter((one) => one !== null), ...listOf(asked.flags['field'])])
  const keys: Keys = {
    key: need(asked, 'key'),
    secret: recipe.secret === 'none' ? '' : need(asked, 'secret'),
  }
  const given = text(asked, 'given') ?? ''
  const found = diagnoseHash(recipe, values, given, { keys, mac })
  const digest = mac(
    keys.key,
    found.dataString.replace('[secret]', () => keys.secret),
  )
  const secure_hash = encodeDigest(digest, recipe.encoding)
  const lines = [
    `data string  ${found.dataString}`,
    ...found.parts.map(({ field, value }) => `  ${field} = ${value}`),
    `hex          ${encodeDigest(digest, 'hex')}`,
    `secure_hash  ${secure_hash}`,
    ...(given === ''
      ? []
      : [
          `given        ${found.cause === 'none' && found.spelling === 'base64-of-hex' ? 'matches' : found.mend}`,
        ]),
  ]
  const value = { dataString: found.dataString, hex: encodeDigest(digest, 'hex'), secure_hash }
  return {
    value:
      given === '' ? value : { ...value, cause: found.cause, spelling: found.spelling, mend: found.mend },
    text: lines.join('\n'),
  }
}

function valuesOf(recipe: Recipe, pairs: readonly string[]): Readonly<Record<string, string>> {
  const values = Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.indexOf('=')
      if (cut < 1) throw new UsageFault(`${pair}: say NAME=VALUE`)
      return [pair.slice(0, cut), pair.slice(cut + 1)]
    }),
  )
  const missing = recipe.fields.filter((name) => values[name] === undefined)
  if (missing.length > 0)
    throw new UsageFault(`still missing: ${missing.map((name) => `${name}=…`).join(' ')}`)
  return values
}

function listOf(flag: unknown): readonly string[] {
  return Array.isArray(flag) ? flag.map(String) : []
}

function need(asked: Asked, option: string): string {
  return text(asked, option) ?? missing(option)
}

function missing(option: string): never {
  throw new UsageFault(`--${option} is missing`)
}
