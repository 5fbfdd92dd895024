import Type from 'typebox'
import { pesaflow } from '@lango/wire'
import { form } from '../dialect.ts'

/**
 * The grammars of the signed messages. They are strict because the secure hash joins its fields without a separator:
 * wherever two readings of one text would be valid, somebody could move money between them (docs/secure-hash.md).
 */

/** Anything a person may write, without control characters. */
const line = (most: number) => `^[^\\u0000-\\u001f\\u007f-\\u009f]{1,${most}}$`

const field = (pattern: string | RegExp, rule: string) =>
  Type.String({ pattern: typeof pattern === 'string' ? pattern : pattern.source, rule })

/** Anything that is there: whether it is the right hash in the right form is one question with one answer, 401. */
const secureHash = field(line(500), 'base64 of the lower-case hex of the HMAC, 88 characters')
const clientId = field('^[A-Za-z0-9_-]{1,64}$', 'letters, digits, - and _, at most 64')
const amount = field(
  pesaflow.grammar.amount,
  'digits without a leading zero, at most 12, and at most two decimals, like 1500 or 1500.50',
)
const currency = field(pesaflow.grammar.currency, 'three capital letters of ISO 4217, like KES')
const name = field(line(100), 'one line of 1 to 100 characters')
const webAddress = (rule: string) => field('^https?://[^\\s\\\\]{1,1900}$', rule)

export const checkoutForm = form(
  Type.Object({
    apiClientID: clientId,
    serviceID: field('^[1-9][0-9]{0,9}$', 'digits without a leading zero'),
    billRefNumber: field('^[A-Za-z0-9_/.-]{1,64}$', 'letters, digits and - _ / . only, at most 64'),
    billDesc: field(line(200), 'one line of 1 to 200 characters'),
    clientMSISDN: field('^\\+?[0-9]{4,15}$', 'a phone number in digits, like 254700000000'),
    clientIDNumber: field('^[A-Za-z0-9/-]{1,32}$', 'letters, digits, - and / only, at most 32'),
    clientName: name,
    clientEmail: field('^$|^[^\\s@]{1,64}@[^\\s@]{1,190}$', 'an e-mail address, or empty'),
    notificationURL: webAddress('an http or https address of a registered origin'),
    callBackURLOnSuccess: webAddress('an http or https address of a registered origin'),
    pictureURL: Type.Optional(
      field('^$|^https?://[^\\s\\\\]{1,1900}$', 'an http or https address, or empty'),
    ),
    currency,
    amountExpected: amount,
    format: Type.Optional(
      field('^$|^[Hh][Tt][Mm][Ll]$|^[Ii][Ff][Rr][Aa][Mm][Ee]$|^[Jj][Ss][Oo][Nn]$', 'html, iframe or json'),
    ),
    sendSTK: Type.Optional(field('^$|^[Tt][Rr][Uu][Ee]$|^[Ff][Aa][Ll][Ss][Ee]$|^[01]$', 'true or false')),
    secureHash,
  }),
)

/** A reference as typed at a counter: letters only, so that no digit of the amount behind it can join it. */
const billNumber = field('^ *[A-Za-z]{4,20} *$', 'the letters printed on the bill, 4 to 20')

export const validateForm = form(
  Type.Object({ api_client_id: clientId, ref_no: billNumber, currency, amount, secure_hash: secureHash }),
)

export const confirmForm = form(
  Type.Object({
    api_client_id: clientId,
    ref_no: billNumber,
    amount,
    currency,
    gateway_transaction_id: field(
      pesaflow.grammar.gatewayTransactionId,
      'letters, digits and . _ - only, at most 64',
    ),
    gateway_transaction_date: field(
      pesaflow.grammar.gatewayTransactionDate,
      'YYYY-MM-DD HH:MM:SS in Nairobi time, in the years 2000 to 2099',
    ),
    customer_name: name,
    customer_account_number: field(
      '^[A-Za-z0-9+*@._ -]{1,64}$',
      'letters, digits and + * @ . _ - only, at most 64',
    ),
    secure_hash: secureHash,
  }),
)

export const statusForm = form(
  Type.Object({
    api_client_id: clientId,
    ref_no: field('^[A-Za-z0-9_/.-]{1,64}$', 'an invoice number or your own reference'),
    secure_hash: secureHash,
  }),
)

export const tokenForm = form(
  Type.Object({
    key: field('^[\\u0021-\\u007e]{1,256}$', 'the key that you were given'),
    secret: field('^[\\u0021-\\u007e]{1,256}$', 'the secret that you were given'),
  }),
)
