import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pesaflow } from '@lango/wire'
import fc from 'fast-check'
import type { Organization } from '../../core/organization/organization.ts'
import { oneReading, type Neighbours } from './boundary.ts'
import { checkoutForm, confirmForm, statusForm, validateForm } from './forms.ts'

const service = (code: string): Organization['services'][number] => ({
  code,
  name: code,
  currency: 'KES',
  feeRule: { kind: 'none' },
})

type Said = Neighbours & { readonly billRefNumber: string }
const fields = checkoutForm.schema.properties
const fits = (field: keyof Said, value: string): boolean =>
  new RegExp((fields[field] as unknown as { readonly pattern: string }).pattern).test(value)

/** Whether a checkout of these texts would be taken. */
function isTaken(said: Said, organization: Pick<Organization, 'services' | 'strictHash'>): boolean {
  const formed = (Object.keys(said) as (keyof Said)[]).every((field) => fits(field, said[field]))
  const known = organization.services.some(({ code }) => code === said.serviceID)
  return formed && known && oneReading(said, organization).ok
}

/** Every way to cut a joined text into the fields, up to the description; what follows is taken together with it. */
function* cuts(text: string, services: Organization['services']): Generator<Said> {
  for (let end = 1; end < text.length; end += 1) {
    for (const { code, currency } of services) {
      if (!text.startsWith(code, end)) continue
      const head = { amountExpected: text.slice(0, end), serviceID: code, currency }
      yield* tails(head, text.slice(end + code.length))
    }
  }
}

function* tails(
  head: Pick<Said, 'amountExpected' | 'serviceID' | 'currency'>,
  text: string,
): Generator<Said> {
  const { currency } = head
  for (let at = text.indexOf(currency); at >= 0; at = text.indexOf(currency, at + 1)) {
    const from = at + currency.length
    for (let end = from + 1; end < text.length; end += 1) {
      yield {
        amountExpected: head.amountExpected,
        serviceID: head.serviceID,
        clientIDNumber: text.slice(0, at),
        currency,
        billRefNumber: text.slice(from, end),
        billDesc: text.slice(end),
      }
    }
  }
}

const digits = (least: number, most: number) =>
  fc
    .array(fc.constantFrom('0', '1', '2', '4'), { minLength: least, maxLength: most })
    .map((all) => all.join(''))
const letters = (most: number) =>
  fc
    .array(fc.constantFrom('K', 'E', 'S', '1', '2', '-'), { minLength: 1, maxLength: most })
    .map((all) => all.join(''))
const said = fc.record(
  {
    amountExpected: fc.oneof(
      digits(1, 4),
      fc.tuple(digits(1, 3), digits(1, 2)).map((parts) => parts.join('.')),
    ),
    serviceID: fc.constantFrom('12', '124', '21', '4'),
    clientIDNumber: fc.oneof(digits(1, 5), letters(5)),
    currency: fc.constant('KES'),
    billRefNumber: letters(6),
    billDesc: fc.tuple(fc.constantFrom('', ' '), letters(4)).map((parts) => parts.join('')),
  },
  { noNullPrototype: true },
)
const services = fc
  .uniqueArray(fc.constantFrom('12', '124', '21', '4', '241'), { minLength: 1, maxLength: 4 })
  .map((codes) => codes.map(service))

test('[money 33] in strict mode no two checkouts of a merchant join to one text, up to where the description begins', () => {
  let taken = 0
  fc.assert(
    fc.property(said, services, (one, all) => {
      const strict = { services: all, strictHash: true }
      if (!isTaken(one, strict)) return
      taken += 1
      const text = Object.values(one).join('')
      const readings = [...cuts(text, all)].filter((cut) => isTaken(cut, strict))
      assert.deepEqual(readings, [one])
    }),
    { numRuns: 20_000 },
  )
  assert.ok(taken > 1000, `only ${taken} of the checkouts were taken: the test proves little`)
})

test('[money 33] without it, amount, service and person have one reading where no service code begins another', () => {
  const prefixFree = services.filter((all) =>
    all.every((one) => all.every((other) => other === one || !other.code.startsWith(one.code))),
  )
  let taken = 0
  fc.assert(
    fc.property(said, prefixFree, (one, all) => {
      const easy = { services: all, strictHash: false }
      if (!isTaken(one, easy)) return
      taken += 1
      const text = Object.values(one).join('')
      for (const cut of [...cuts(text, all)].filter((other) => isTaken(other, easy))) {
        assert.deepEqual(
          { ...cut, billRefNumber: '', billDesc: '' },
          { ...one, billRefNumber: '', billDesc: '' },
        )
      }
    }),
    { numRuns: 20_000 },
  )
  assert.ok(taken > 1000, `only ${taken} of the checkouts were taken: the test proves little`)
})

type Form = { readonly schema: { readonly properties: object } }
const pattern = ({ schema }: Form, field: string): string =>
  (schema.properties as Readonly<Record<string, { readonly pattern: string }>>)[field]?.pattern ?? ''
/** Whether a text is whole as one of a form's fields. */
const is = (form: Form, field: string, text: string): boolean => new RegExp(pattern(form, field)).test(text)

/** Every way to cut a text into consecutive fields of a form. */
function readings(form: Form, names: readonly string[], text: string): readonly (readonly string[])[] {
  const [name = '', ...rest] = names
  if (rest.length === 0) return is(form, name, text) ? [[text]] : []
  return Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end))
    .filter((head) => is(form, name, head))
    .flatMap((head) => readings(form, rest, text.slice(head.length)).map((tail) => [head, ...tail]))
}

const date = fc.constantFrom(
  '2021-10-04 12:00:00',
  '2024-01-01 12:30:01',
  '2020-12-31 23:59:59',
  '2099-02-28 00:00:00',
)
const id = fc
  .array(fc.constantFrom('1', '2', '0', '-', 'A', '.', '_'), { minLength: 1, maxLength: 10 })
  .map((all) => all.join(''))

test('[money 33] a confirm has one reading from its amount to its date, whatever stands around', () => {
  const { fields: names } = pesaflow.recipes.confirm
  const part = names.slice(1, 6)
  assert.deepEqual(part, [
    'ref_no',
    'amount',
    'currency',
    'gateway_transaction_id',
    'gateway_transaction_date',
  ])
  fc.assert(
    fc.property(
      fc.constantFrom('GWLQKD', 'abcdefgh', ' GWLQKD '),
      digits(1, 4),
      id,
      date,
      (ref, amount, gtx, at) => {
        const values = [ref, `5${amount}`, 'KES', gtx, at]
        assert.deepEqual(readings(confirmForm, part, values.join('')), [values])
      },
    ),
    { numRuns: 500 },
  )
})

test('[money 33] a validate has one reading behind the client that it names', () => {
  fc.assert(
    fc.property(fc.constantFrom('GWLQKD', 'abcdefgh', 'KESKES'), digits(1, 5), (ref, amount) => {
      const values = [ref, `5${amount}.00`]
      assert.deepEqual(readings(validateForm, ['ref_no', 'amount'], values.join('')), [values])
    }),
  )
})

test('[money 33] a notice has one reading of amount and date, because we write amounts with two decimals', () => {
  const { sentAmount } = pesaflow.grammar
  const cutsOf = (text: string) =>
    Array.from({ length: text.length }, (_, end) => [text.slice(0, end), text.slice(end)] as const).filter(
      ([amount, at]) => sentAmount.test(amount) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/.test(at),
    )
  fc.assert(
    fc.property(digits(1, 6), date, (amount, at) => {
      const values = [`5${amount}.00`, `${at}Z`] as const
      assert.deepEqual(cutsOf(values.join('')), [values])
    }),
  )
})

test('a status query names its client apart from its reference only by the key: one more reading is another’s key', () => {
  assert.ok(readings(statusForm, ['api_client_id', 'ref_no'], '1GWLQKD').length > 1)
})
