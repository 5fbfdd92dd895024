/** The settings that say how people are written to. */
import { smsShapes, type SmsGateway } from './sms-gateway.ts'
import type { Smtp } from './smtp.ts'

export type MessagesConfig = {
  /** Null: no e-mail leaves. Never print or log it. */
  readonly smtp: Smtp | null
  /** Null: no SMS leaves. Never print or log it. */
  readonly sms: SmsGateway | null
  /** How many SMS may go to a country in a day, by its ISO code. */
  readonly smsCountries: ReadonlyMap<string, number>
}

/** Where Lango is at home. Numbers elsewhere get no SMS until the operator lists them: they cost, and are farmed. */
const ordinaryCountries = 'KE,UG,TZ,RW,BI,SS,ET,SO,CD,NG,GH,ZA'
const ordinaryADay = 5000

export const messageRows = {
  LANGO_SMTP_URL: {
    meaning: 'mail server; smtps: and smtp: (STARTTLS) with user and password, or smtp://relay:25?plain',
    fallback: 'none: no e-mail (the sandbox shows it on /sandbox/messages)',
    must: 'like smtps://user:password@mail.example.org',
    secret: true,
  },
  LANGO_MAIL_FROM: {
    meaning: 'sender of e-mail',
    fallback: 'none',
    must: 'like gate@example.org or Gate <gate@example.org>',
  },
  LANGO_SMS_URL: {
    meaning: 'address of an SMS gateway that is spoken to by HTTP',
    fallback: 'none: no SMS (the sandbox shows it on /sandbox/messages)',
    must: 'an address such as https://sms.example.org/send',
  },
  LANGO_SMS_SHAPE: {
    meaning: 'what the gateway understands: json (to, from, text; bearer token) or africastalking',
    fallback: 'json',
    must: smsShapes.join(' or '),
  },
  LANGO_SMS_TOKEN: {
    meaning: 'what the SMS gateway knows us by; username:key for africastalking',
    fallback: 'none',
    must: 'a text without blanks',
    secret: true,
  },
  LANGO_SMS_FROM: {
    meaning: 'sender name or number of SMS',
    fallback: 'none: the gateway’s own',
    must: 'at most 20 letters, digits, blanks or +',
  },
  LANGO_SMS_COUNTRIES: {
    meaning: `countries that may get SMS, each with how many a day if not ${ordinaryADay}`,
    fallback: ordinaryCountries,
    must: 'like KE:20000,UG,TZ',
  },
} as const

type Name = keyof typeof messageRows
type Get = <T>(name: Name, parse: (text: string) => T | null, otherwise: T) => T

export function readMessagesConfig(get: Get, faults: string[]): MessagesConfig {
  const url = get<string | null>('LANGO_SMTP_URL', parseSmtpUrl, null)
  const from = get<string | null>('LANGO_MAIL_FROM', parseFrom, null)
  const smsUrl = get<string | null>('LANGO_SMS_URL', parseHttpUrl, null)
  const token = get<string | null>('LANGO_SMS_TOKEN', (text) => (/^\S+$/.test(text) ? text : null), null)
  const shape = get(
    'LANGO_SMS_SHAPE',
    (text) => smsShapes.find((one) => one === text) ?? null,
    'json' as const,
  )
  if (url !== null && from === null) faults.push('LANGO_MAIL_FROM: LANGO_SMTP_URL needs it')
  if (smsUrl !== null && token === null) faults.push('LANGO_SMS_TOKEN: LANGO_SMS_URL needs it')
  const smsFrom = get<string | null>('LANGO_SMS_FROM', parseSmsFrom, null)
  const ordinary = parseCountries(ordinaryCountries) ?? new Map<string, number>()
  return {
    smtp: url === null || from === null ? null : { url, from },
    sms: smsUrl === null || token === null ? null : { shape, url: smsUrl, token, from: smsFrom },
    smsCountries: get('LANGO_SMS_COUNTRIES', parseCountries, ordinary),
  }
}

function parseSmtpUrl(text: string): string | null {
  const url = URL.parse(text)
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? text : null
}

function parseFrom(text: string): string | null {
  return /^([^<>@"\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(text) ? text : null
}

function parseHttpUrl(text: string): string | null {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) ? text : null
}

function parseSmsFrom(text: string): string | null {
  return /^[\w +]{1,20}$/.test(text) ? text : null
}

function parseCountries(text: string): ReadonlyMap<string, number> | null {
  const parts = text.split(',').map((part) => /^\s*([A-Z]{2})(?::([1-9]\d{0,7}))?\s*$/.exec(part))
  if (parts.some((part) => part === null)) return null
  return new Map(parts.map((part) => [part?.[1] ?? '', Number(part?.[2] ?? ordinaryADay)]))
}
