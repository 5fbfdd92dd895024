/** The tests of one language: each of its samples does its call against a running gateway. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifier } from '../journeys/standard/gate.ts'
import { ask, encodings, type Heard } from '../merchant-desk.ts'
import { pesaflow as wire } from '@lango/wire'
import type { Call } from './calls.ts'
import { formIn } from './form.ts'
import { lacking, type Language } from './languages.ts'
import { runSample, type Ran, type Settings } from './sample.ts'
import { openSampleTown, payer, type SampleTown } from './sample-town.ts'

type Said = Readonly<Record<string, unknown>>

/** On a developer's machine what is missing is named and skipped; in CI it fails. */
export function executeSamples(language: Language): void {
  const lack = lacking(language)
  const skip = lack !== null && process.env['CI'] !== 'true' ? lack : false
  const { label } = language
  let town: SampleTown

  before(async () => {
    if (skip === false) town = await openSampleTown()
  })
  after(async () => {
    if (skip === false) await town.close()
  })

  const works = async (call: Call, settings: Settings, input = ''): Promise<string> => {
    assert.equal(lack, null, lack ?? '')
    const { code, out, err } = await runSample(language, call, settings, input)
    assert.equal(code, 0, `${out}\n${err}`)
    return out
  }
  const answers = async (call: Call, settings: Settings): Promise<Said> =>
    JSON.parse(await works(call, settings)) as Said
  const judges = async (call: Call, settings: Settings, input: string): Promise<Ran> =>
    await runSample(language, call, settings, input)
  const shows = (call: Call, what: string, run: () => Promise<void>): void => {
    test(`${label}, ${call}: ${what}`, { skip }, run)
  }

  shows('authorize', 'the address leads to a code, which its code verifier redeems', async () => {
    const [address = '', ...kept] = (await works('authorize', town.relyingParty)).split('\n')
    const keptOf = (name: string): string =>
      kept.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
    const came = await town.follow(address)
    assert.equal(came['state'], keptOf('state'))
    const settings = {
      ...town.relyingParty,
      CODE: came['code'] ?? '',
      CODE_VERIFIER: keptOf('code_verifier'),
    }
    assert.ok((await works('access-token', settings)).includes('oken'))
  })

  shows('access-token', 'the answer holds an access token and an ID token', async () => {
    const settings = { ...town.relyingParty, CODE: await town.newCode(), CODE_VERIFIER: verifier }
    const answer = await answers('access-token', settings)
    const token = String(answer['access_token'] ?? answer['accessToken'])
    assert.match(String(answer['id_token'] ?? answer['idToken']), /^ey/)
    const info = await ask(`${town.world.url}/api/userinfo?access_token=${token}`)
    assert.equal(info.status, 200)
  })

  shows('introspect', 'a token that holds is active, another is not', async () => {
    const good = await answers('introspect', { ...town.relyingParty, ACCESS_TOKEN: await town.accessToken() })
    assert.equal(good['active'], true)
    assert.equal(good['client_id'], town.application.clientId)
    const bad = await answers('introspect', { ...town.relyingParty, ACCESS_TOKEN: 'no-token' })
    assert.deepEqual(bad, { active: false })
  })

  shows('user-info', 'it tells who signed in', async () => {
    const said = await answers('user-info', { ...town.relyingParty, ACCESS_TOKEN: await town.accessToken() })
    assert.equal(said['first_name'], 'Wanjiku')
    assert.equal(said['id_number'], '00000011')
  })

  shows(
    'secure-hash',
    'it is the known hash of the guide’s own sample, and of letters beyond ASCII',
    async () => {
      const sample = {
        API_CLIENT_ID: '1',
        AMOUNT: '100',
        SERVICE_ID: '124',
        CLIENT_ID_NUMBER: '12345678',
        CURRENCY: 'KES',
        BILL_REF: 'REF-01-2024-XVBC',
        BILL_DESC: 'Some invoice',
        CLIENT_NAME: 'John Doe',
        KEY: 'my-key',
        SECRET: 'my-secret',
      }
      const ascii = 'ZTFhNmZjMTJkZjNhYjZkMDM0YjE4ODhkZjYwYWVlOWZjYjkwYzgwYjBiMDJjNzg4ZWUyMTA4ZTA2NDNhNjIzNw=='
      assert.equal(await works('secure-hash', sample), ascii)
      const beyond = { ...sample, AMOUNT: '100.00', BILL_DESC: 'Some invoice é', CLIENT_NAME: 'José' }
      const utf8 = 'NzEzYzkyZWNhMmFjYjA1YWM0MGY5OGU3MWIzZDA0Y2NiNGM2NmZkYjczNDliNWIyMmE1NjRhMjliZGU0MjU5MA=='
      assert.equal(await works('secure-hash', beyond), utf8)
    },
  )

  shows('checkout', 'an invoice is raised, in the payer’s own letters', async () => {
    const settings = town.merchant()
    const answer = await answers('checkout', settings)
    assert.match(String(answer['invoice_number'] ?? answer['invoiceNumber']), wire.grammar.invoiceNumber)
    assert.equal(answer['amount_expected'] ?? answer['amountExpected'], '105.00')
    const { body } = await town.desk.status(settings['BILL_REF'] ?? '')
    assert.equal(body['name'], payer)
  })

  shows('checkout-form', 'a browser that submits the form gets the payment page', async () => {
    const { action, fields } = formIn(await works('checkout-form', town.merchant()))
    assert.equal(action, `${town.world.url}/api/PaymentAPI/checkout`)
    const { status, type, text } = await ask(action, encodings.form(fields))
    assert.equal(status, 200, text)
    assert.match(type, /^text\/html/)
    assert.ok(text.includes('105.00'))
  })

  shows('token', 'it opens the invoice call, which then looks at the fields', async () => {
    const { token } = await answers('token', town.merchant())
    const url = town.world.url + wire.paths.createInvoice
    const asked = (authorization: string): Promise<Heard> => {
      const headers = { 'content-type': 'application/json', authorization }
      return ask(url, { method: 'POST', headers, body: '{}' })
    }
    assert.equal((await asked('Bearer no-token')).status, 401)
    assert.equal((await asked(`Bearer ${String(token)}`)).status, 422)
  })

  shows('invoice', 'an invoice of items is raised with a Bearer token', async () => {
    const { apiClientId, keys } = town.town.merchant
    const { body } = await ask(town.world.url + wire.paths.token, encodings.json(keys))
    const settings = town.merchant({ TOKEN: String(body['token']) })
    const answer = await answers('invoice', settings)
    const { body: status } = await town.desk.status(settings['BILL_REF'] ?? apiClientId)
    assert.equal(status['ref_no'], answer['invoice_number'] ?? answer['invoiceNumber'])
    assert.equal(status['name'], payer)
  })

  shows('notification', 'a genuine notice passes, one with more money does not', async () => {
    const { body } = await town.notice()
    const settings = town.merchant()
    const genuine = await judges('notification', settings, body)
    assert.deepEqual([genuine.out, genuine.code], ['genuine', 0], genuine.err)
    const more = body.replace('"amount_paid":"105.00"', '"amount_paid":"905.00"')
    assert.notEqual(more, body)
    const forged = await judges('notification', settings, more)
    assert.match(forged.out, /^forged/)
    assert.equal(forged.code, 1)
  })

  shows('webhook', 'a changed status, a strange secret and an old delivery do not pass', async () => {
    const { body, headers } = await town.notice()
    const settings = town.merchant({
      WEBHOOK_ID: headers['webhook-id'] ?? '',
      WEBHOOK_TIMESTAMP: headers['webhook-timestamp'] ?? '',
      WEBHOOK_SIGNATURE: `v1,c3RyYW5nZQ== ${headers['webhook-signature'] ?? ''}`,
    })
    const genuine = await judges('webhook', settings, body)
    assert.match(genuine.out, /^genuine/, genuine.err)
    assert.equal(genuine.code, 0)
    const changed = body.replace('"status":"settled"', '"status":"partial"')
    assert.notEqual(changed, body)
    const strange = `whsec_${Buffer.from('another secret of thirty-two byte').toString('base64')}`
    const old = String(Number(settings['WEBHOOK_TIMESTAMP']) - 301)
    const cases = [
      [settings, changed, /^forged/],
      [{ ...settings, WEBHOOK_SECRET: strange }, body, /^forged/],
      [{ ...settings, WEBHOOK_TIMESTAMP: old }, body, /^(too old|forged)/],
    ] as const
    for (const [given, said, verdict] of cases) {
      const { out, code } = await judges('webhook', given, said)
      assert.match(out, verdict)
      assert.equal(code, 1)
    }
  })

  shows('status', 'it tells the state by our number and by the merchant’s own reference', async () => {
    const { number } = await town.bill()
    const own = await answers('status', town.merchant({ REF_NO: number }))
    assert.equal(own['status'], 'pending')
    const reference = String(own['client_invoice_ref'] ?? own['reference'])
    const again = await answers('status', town.merchant({ REF_NO: reference }))
    assert.deepEqual(again, own)
  })

  shows('validate', 'it tells what is owed and by whom', async () => {
    const { number } = await town.bill({ clientName: payer })
    const answer = await answers('validate', town.bank({ REF_NO: number }))
    assert.deepEqual(answer['data'] ?? answer, { amount: '105.00', name: payer, currency: 'KES' })
  })

  shows('confirm', 'money is booked, and the same report again is the same success', async () => {
    const { number } = await town.bill()
    const settings = town.bank({ REF_NO: number })
    assert.match(await works('confirm', settings), /Success/)
    assert.match(await works('confirm', settings), /Success/)
    const { body } = await town.desk.status(number)
    assert.deepEqual([body['status'], body['amount_paid']], ['settled', '105.00'])
  })
}
