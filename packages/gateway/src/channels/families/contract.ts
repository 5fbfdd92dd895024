/** What every channel promises. Its test runs each of these: `for (const { says, holds } of channelContract(…)) test(says, holds)`. */
import { locales } from '../../base/locale.ts'
import { exponents, formatMoney, money, type Currency } from '../../base/money.ts'
import { instant } from '../../base/time.ts'
import type { Attempt, Heard, Started } from '../../core/attempt/attempt.ts'
import type { Channel, ChannelWorld, OpenChannel } from '../../core/attempt/channel.ts'
import type { Answered, NoAnswer, Outgoing } from '../../core/ports.ts'

export type Samples = {
  /** Settings as an operator writes them. */
  readonly settings: Readonly<Record<string, string>>
  /** An attempt that it can carry. */
  readonly attempt: Attempt
  /** Callbacks with what they say. */
  readonly callbacks: readonly { readonly body: string; readonly heard: Heard }[]
}

export type Promised = { readonly says: string; readonly holds: () => Promise<void> }

export function channelContract(channel: Channel, samples: Samples): readonly Promised[] {
  const promise = (says: string, holds: () => Promise<void> | void): Promised => ({
    says: `${channel.id}: ${says}`,
    holds: async () => {
      await holds()
    },
  })
  const open = (): OpenChannel => opened(channel, samples)
  return [
    promise('its public alias names neither it nor a word that providers refuse', () => checkAlias(channel)),
    promise('all that a payer reads is there in both languages', () => checkWords(channel)),
    promise('an amount is carried exactly or not at all', () => checkAmounts(channel)),
    promise('settings are taken whole or refused by name, without repeating a secret', () =>
      checkSettings(channel, samples),
    ),
    promise('a request that may have arrived leaves the attempt unknown, and is sent once', async () => {
      await checkUnclearStarts(open(), samples)
    }),
    promise('a failure is one of its words, for which the page has advice', async () => {
      await checkFailures(channel, open(), samples)
    }),
    promise('callbacks are read for what they say, and nonsense is refused without a throw', () => {
      checkCallbacks(open(), samples)
    }),
    promise('an answer that does not say how it ended means pending', async () => {
      await checkUnclearAnswers(open(), samples)
    }),
  ]
}

/** Words that some provider refuses anywhere in a callback address. */
const refusedWords = /mpesa|m-pesa|safaricom|exe|exec|cmd|sql|query|airtel|paypal/i

function checkAlias({ id, alias }: Channel): void {
  must(/^[a-z]+$/.test(id), 'the id is one lower-case word')
  must(/^[a-z]{1,20}$/.test(alias), 'the alias is one lower-case word')
  must(alias !== id && !refusedWords.test(alias), 'the alias is neutral')
}

function checkWords({ label, asks, instructions, advice }: Channel): void {
  const pairs = [label, ...asks.flatMap((one) => [one.label, one.hint]), ...Object.values(advice)]
  for (const words of instructions === undefined ? pairs : [...pairs, instructions]) {
    must(
      locales.every((locale) => words[locale].trim() !== ''),
      `"${words.en}" is there in every language`,
    )
  }
}

function checkAmounts({ carries }: Channel): void {
  for (const currency of Object.keys(exponents) as Currency[]) {
    for (const minor of [1n, 99n, 100n, 101n, 1050n, 10_500n, 25_000_000n, 25_000_001n, 10n ** 13n]) {
      const asked = money(minor, currency)
      const carried = carries(asked)
      const isSame = !carried.ok || (carried.value.minor === minor && carried.value.currency === currency)
      must(isSame, `${currency} ${formatMoney(asked)} is not changed`)
    }
  }
}

function checkSettings({ open }: Channel, { settings }: Samples): void {
  must(open(settings).ok, 'the sample is taken')
  const names = Object.keys(settings)
  if (names.length === 0) return
  for (const nonsense of [null, undefined, 'text', 7, [], {}]) must(!open(nonsense).ok, 'nonsense is refused')
  for (const name of names) {
    for (const value of ['', ' ', { nested: true }]) {
      const refused = open({ ...settings, [name]: value })
      must(!refused.ok && refused.refusal.field === name, `${name} is missed by name`)
      const because = refused.ok ? '' : (refused.refusal.because ?? '')
      must(because.includes(name), `${name} is explained`)
      must(
        !Object.values(settings).some((secret) => secret.length > 8 && because.includes(secret)),
        'no secret is repeated',
      )
    }
  }
  must(!open({ ...settings, typo: 'x' }).ok, 'a setting that it does not know is refused')
}

/** Answers after which the request may have done its work. */
const unclear: readonly Answered[] = [
  ...(['timeout', 'broken-off', 'too-large'] as const).map(noAnswer),
  answer(200, ''),
  answer(200, '{}'),
  answer(200, 'null'),
  answer(200, '[]'),
  answer(200, '{"a":'),
  answer(200, '<html>'),
  answer(500, 'Internal Server Error'),
  answer(502, '<html>bad gateway</html>'),
  answer(504, ''),
]

async function checkUnclearStarts({ start }: OpenChannel, { attempt }: Samples): Promise<void> {
  if (start === undefined) return
  for (const answered of unclear) {
    const sent: Outgoing[] = []
    const started = await start(attempt, callbackUrl, worldThat(answered, sent))
    must(started.kind === 'unknown', `${said(answered)} is unknown, not ${started.kind}`)
    must(sent.length === 1, 'it is sent once')
    must(
      sent.every(({ trust, body }) => trust === 'configured' && body?.includes(callbackUrl) === true),
      'it says where to report',
    )
  }
}

async function checkFailures(
  { advice }: Channel,
  { start }: OpenChannel,
  { attempt }: Samples,
): Promise<void> {
  if (start === undefined) return
  const certain = (
    ['name-unknown', 'refused', 'unreachable', 'tls', 'address-forbidden', 'url-forbidden'] as const
  ).map(noAnswer)
  for (const answered of certain) {
    const started: Started = await start(attempt, callbackUrl, worldThat(answered, []))
    const hasAdvice = started.kind === 'failed' && Object.hasOwn(advice, started.outcome)
    must(started.kind === 'unknown' || hasAdvice, `${said(answered)} has advice`)
  }
}

function checkCallbacks({ read }: OpenChannel, { callbacks }: Samples): void {
  if (read === undefined) return must(callbacks.length === 0, 'who reads nothing has no samples')
  must(callbacks.length > 0, 'there are samples')
  for (const { body, heard } of callbacks) {
    const seen = read(body)
    must(seen.ok && print(seen.value) === print(heard), `${body} says ${print(heard)}, not ${print(seen)}`)
    for (const cut of [1, 2, body.length >> 1, body.length - 1])
      must(!read(body.slice(0, cut)).ok, 'cut short it is refused')
  }
  for (const nonsense of [
    '',
    'x',
    'null',
    '[]',
    '{}',
    '7',
    '"x"',
    '{"Body":null}',
    '{"Body":{"stkCallback":[]}}',
    '\u0000',
  ]) {
    must(!read(nonsense).ok, `${nonsense} is refused`)
  }
}

async function checkUnclearAnswers({ ask }: OpenChannel, { attempt }: Samples): Promise<void> {
  if (ask === undefined) return
  const every = [
    ...unclear,
    ...(['name-unknown', 'refused', 'unreachable', 'tls'] as const).map(noAnswer),
    answer(404, '{}'),
    answer(401, ''),
  ]
  for (const answered of every) {
    const outcome = await ask(attempt, 'an-id', worldThat(answered, []))
    must(outcome.kind === 'pending', `${said(answered)} is pending, not ${outcome.kind}`)
  }
}

const callbackUrl = 'https://pay.example.test/channels/alias/00112233445566778899aabbccddeeff0011223344556677'

/** A world in which every call gets one answer, and a token is at hand. */
export function worldThat(answered: Answered, sent: Outgoing[]): ChannelWorld {
  return {
    clock: { now: () => instant(Date.UTC(2026, 10, 22, 9)) },
    net: {
      send: (request) => {
        sent.push(request)
        return Promise.resolve(answered)
      },
    },
    token: () => Promise.resolve('a token'),
  }
}

export function answer(status: number, body: string): Answered {
  return { kind: 'answer', status, headers: {}, body: new TextEncoder().encode(body) }
}

function noAnswer(because: NoAnswer): Answered {
  return { kind: 'no-answer', because }
}

function opened({ open }: Channel, { settings }: Samples): OpenChannel {
  const channel = open(settings)
  if (!channel.ok) throw new Error(`the sample settings are refused: ${channel.refusal.because ?? ''}`)
  return channel.value
}

function said(answered: Answered): string {
  if (answered.kind === 'no-answer') return answered.because
  return `${answered.status} ${new TextDecoder().decode(answered.body)}`
}

function print(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? `${member}n` : member,
  )
}

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken: ${promise}`)
}
