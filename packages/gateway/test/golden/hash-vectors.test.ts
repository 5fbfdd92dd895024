import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import {
  dataString,
  encodeDigest,
  pesaflow,
  secureHash,
  verifyHash,
  type Encoding,
  type Hashed,
  type Mac,
  type Recipe,
} from '@lango/wire'

// The vectors of field-facts section 8: key `my-key`, secret `my-secret`, UTF-8.
const keys = { key: 'my-key', secret: 'my-secret' }
const mac: Mac = (key, data) => createHmac('sha256', key).update(data, 'utf8').digest()

type Vector = {
  readonly what: string
  readonly data: string
  readonly written: Readonly<Record<Encoding, string>>
}

/** Proves every column of one vector, in both directions. */
function holds<Field extends string>(
  recipe: Recipe<Field>,
  values: Hashed<NoInfer<Field>>,
  vector: Vector,
): void {
  test(`the vector of ${vector.what} holds in all its columns`, () => {
    assert.equal(dataString(recipe, values, keys.secret), vector.data)
    assert.equal(secureHash(recipe, values, keys, mac), vector.written['base64-of-hex'])
    const digest = mac(keys.key, vector.data)
    for (const encoding of ['base64-of-hex', 'hex', 'base64-of-raw'] as const) {
      const given = vector.written[encoding]
      assert.equal(encodeDigest(digest, encoding), given)
      assert.equal(verifyHash(recipe, values, given, { keys, mac, lenient: true }), encoding)
      assert.equal(
        verifyHash(recipe, values, given, { keys, mac }),
        encoding === 'base64-of-hex' ? encoding : null,
      )
    }
  })
}

const { recipes } = pesaflow

holds(
  recipes.checkout,
  {
    apiClientID: '1',
    amountExpected: '100',
    serviceID: '124',
    clientIDNumber: '12345678',
    currency: 'KES',
    billRefNumber: 'REF-01-2024-XVBC',
    billDesc: 'Some invoice',
    clientName: 'John Doe',
  },
  {
    what: "the guide's checkout",
    data: '110012412345678KESREF-01-2024-XVBCSome invoiceJohn Doemy-secret',
    written: {
      'base64-of-hex':
        'ZTFhNmZjMTJkZjNhYjZkMDM0YjE4ODhkZjYwYWVlOWZjYjkwYzgwYjBiMDJjNzg4ZWUyMTA4ZTA2NDNhNjIzNw==',
      hex: 'e1a6fc12df3ab6d034b1888df60aee9fcb90c80b0b02c788ee2108e0643a6237',
      'base64-of-raw': '4ab8Et86ttA0sYiN9grun8uQyAsLAseI7iEI4GQ6Yjc=',
    },
  },
)

holds(
  recipes.checkout,
  {
    apiClientID: '1',
    amountExpected: '100.00',
    serviceID: '124',
    clientIDNumber: '12345678',
    currency: 'KES',
    billRefNumber: 'REF-01-2024-XVBC',
    billDesc: 'Some invoice é',
    clientName: 'José',
  },
  {
    what: 'a checkout with accents',
    data: '1100.0012412345678KESREF-01-2024-XVBCSome invoice éJosémy-secret',
    written: {
      'base64-of-hex':
        'NzEzYzkyZWNhMmFjYjA1YWM0MGY5OGU3MWIzZDA0Y2NiNGM2NmZkYjczNDliNWIyMmE1NjRhMjliZGU0MjU5MA==',
      hex: '713c92eca2acb05ac40f98e71b3d04ccb4c66fdb7349b5b22a564a29bde42590',
      'base64-of-raw': 'cTyS7KKssFrED5jnGz0EzLTGb9tzSbWyKlZKKb3kJZA=',
    },
  },
)

holds(
  recipes.status,
  { api_client_id: '1', ref_no: 'GWLQKD' },
  {
    what: 'a status query',
    data: '1GWLQKD',
    written: {
      'base64-of-hex':
        'N2Y4YTQzMzVjMjU5YjU5OWEyMmE4ODkwNzNlYzA5MTg5YzQyNzgzZjhiMDAzMzNmOGFmYTNmNTY1OWRhOTNjYQ==',
      hex: '7f8a4335c259b599a22a889073ec09189c42783f8b00333f8afa3f5659da93ca',
      'base64-of-raw': 'f4pDNcJZtZmiKoiQc+wJGJxCeD+LADM/ivo/Vlnak8o=',
    },
  },
)

holds(
  recipes.validate,
  { api_client_id: '1', ref_no: 'GWLQKD', amount: '105.00' },
  {
    what: 'a validate',
    data: '1GWLQKD105.00my-secret',
    written: {
      'base64-of-hex':
        'MmE0Nzc4MTZiOWM5MTcwMzZhZGQ2N2MwZTRhNDQzNTIxMzcxMzFkNDg4NmVmNGZiMGI0ODdjNDRkOGRiNTE2ZQ==',
      hex: '2a477816b9c917036add67c0e4a44352137131d4886ef4fb0b487c44d8db516e',
      'base64-of-raw': 'Kkd4FrnJFwNq3WfA5KRDUhNxMdSIbvT7C0h8RNjbUW4=',
    },
  },
)

holds(
  recipes.confirm,
  {
    api_client_id: '1',
    ref_no: 'GWLQKD',
    amount: '105.00',
    currency: 'KES',
    gateway_transaction_id: 'TX1',
    gateway_transaction_date: '2024-01-01 12:30:01',
    customer_name: 'John Doe',
    customer_account_number: '254700000000',
  },
  {
    what: 'a confirm',
    data: '1GWLQKD105.00KESTX12024-01-01 12:30:01John Doe254700000000my-secret',
    written: {
      'base64-of-hex':
        'ZGRmNWM1NDA0MDkwZWU5OTVlNzA1YjMwZTM4ZjhmYjc5ZGYyOGVmZTZhZmU0NjZiMWM1YTFiOWNlMjFkM2UyMw==',
      hex: 'ddf5c5404090ee995e705b30e38f8fb79df28efe6afe466b1c5a1b9ce21d3e23',
      'base64-of-raw': '3fXFQECQ7plecFsw44+Pt53yjv5q/kZrHFobnOIdPiM=',
    },
  },
)

holds(
  recipes.notification,
  {
    client_invoice_ref: 'SS6489db2e1fdfd',
    invoice_number: 'ABCDEF',
    amount_paid: '102.00',
    payment_date: '2023-06-14 15:33:16Z',
  },
  {
    what: "the guide's notification",
    data: 'SS6489db2e1fdfdABCDEF102.002023-06-14 15:33:16Zmy-secret',
    written: {
      'base64-of-hex':
        'OTg4MmU2YjUwYjE0ODRlNTJiZjUxYmRhMTY2MDNkNWNiMjU2NjA0ZmY3YzQ0Y2QzZGE3MGVhODQ2OGM3NGVkOQ==',
      hex: '9882e6b50b1484e52bf51bda16603d5cb256604ff7c44cd3da70ea8468c74ed9',
      'base64-of-raw': 'mILmtQsUhOUr9RvaFmA9XLJWYE/3xEzT2nDqhGjHTtk=',
    },
  },
)

holds(
  recipes.notification,
  {
    client_invoice_ref: 'RNH-1',
    invoice_number: 'WQBGPWRR',
    amount_paid: '1000',
    payment_date: '2025-01-06 16:35:15+03:00 EAT Africa/Nairobi',
  },
  {
    what: 'a notification of 2025',
    data: 'RNH-1WQBGPWRR10002025-01-06 16:35:15+03:00 EAT Africa/Nairobimy-secret',
    written: {
      'base64-of-hex':
        'ZDFkODJkYWMwODhiZmIwZGE0ZTJlYTdlOGVlMTdkNDJkMDViOWZmOTFiYmViMjUxNTExYzU5MDg2ZDY0MDEzZg==',
      hex: 'd1d82dac088bfb0da4e2ea7e8ee17d42d05b9ff91bbeb251511c59086d64013f',
      'base64-of-raw': '0dgtrAiL+w2k4up+juF9QtBbn/kbvrJRURxZCG1kAT8=',
    },
  },
)

holds(
  recipes.ussd,
  { reference: 'REF1', service_code: 'CODE1' },
  {
    what: 'a USSD question',
    data: 'REF1CODE1my-secret',
    written: {
      'base64-of-hex':
        'YWJkNDk3NWJlMDdmOWI2OGY0NzAzNWQ5MWI5MTM4ZTViNjBiYjczNWQ2YmFkODMwOTgzMjNjZjQ5NjkwOWZhYQ==',
      hex: 'abd4975be07f9b68f47035d91b9138e5b60bb735d6bad83098323cf496909faa',
      'base64-of-raw': 'q9SXW+B/m2j0cDXZG5E45bYLtzXWutgwmDI89JaQn6o=',
    },
  },
)
