/** A town for the samples: a shop whose notices are kept, a bank, a citizen and an application that signs her in. */
import assert from 'node:assert/strict'
import { days } from '../../src/base/time.ts'
import { createApplication } from '../../src/core/application/create-application.ts'
import { addWebhookSecret } from '../../src/core/notice/add-webhook-secret.ts'
import { Browser, register, wanjiku } from '../journeys/account/town.ts'
import { answered, codeFor, post, press, redemption, type Application } from '../journeys/standard/gate.ts'
import { ask, encodings, hashOf, type Said } from '../merchant-desk.ts'
import { pesaflow as wire } from '@lango/wire'
import { openPayTown, type PayTown } from '../pay-town.ts'
import { must } from '../world.ts'
import type { Settings } from './sample.ts'

export type SampleTown = PayTown & {
  readonly application: Application
  /** The environment of a merchant's, a bank's and an application's sample. */
  readonly merchant: (more?: Settings) => Settings
  readonly bank: (more?: Settings) => Settings
  readonly relyingParty: Settings
  /** Follows an address of the authorization page as the citizen would, and answers with what the application reads. */
  readonly follow: (address: string) => Promise<Readonly<Record<string, string>>>
  readonly accessToken: () => Promise<string>
  readonly newCode: () => Promise<string>
  /** A notice as it arrived, after a bank has paid a fresh bill. */
  readonly notice: () => Promise<Notice>
}

export type Notice = { readonly body: string; readonly headers: Readonly<Record<string, string>> }

const webhookSecret = 'whsec_c2FtcGxlcy1hcmUtcnVuLWJ5LXRoZS10ZXN0cy1oZXJl'
const password = wanjiku.password ?? ''

export async function openSampleTown(): Promise<SampleTown> {
  const pay = await openPayTown()
  const { world, town, simulators } = pay
  const { deps } = world
  const { organizationId } = town.merchant
  must(await addWebhookSecret(deps, { organizationId, secret: webhookSecret, overlap: days(1) }))
  await register(deps, wanjiku)
  const redirectUri = 'https://ministry.example/signed-in?from=lango'
  const made = must(
    await createApplication(deps, {
      organizationId,
      name: 'Land office',
      kind: 'web',
      redirectUris: [redirectUri],
      releases: 'national-identity',
    }),
  )
  const application = { clientId: made.clientId, secret: made.clientSecret ?? '', redirectUri }
  const signedIn = async (): Promise<Browser> => {
    const browser = new Browser(world.url, {})
    assert.equal((await browser.signIn(wanjiku.idNumber, password)).status, 303)
    return browser
  }
  const newCode = async (): Promise<string> => await codeFor(await signedIn(), application)
  return {
    ...pay,
    application,
    merchant: (more) => ({ ...merchantSettings(pay), WEBHOOK_SECRET: webhookSecret, ...more }),
    bank: (more) => ({ ...bankSettings(pay), ...more }),
    relyingParty: {
      LANGO_URL: world.url,
      CLIENT_ID: application.clientId,
      CLIENT_SECRET: application.secret,
      REDIRECT_URI: redirectUri,
    },
    follow: async (address) => {
      const browser = await signedIn()
      const page = await browser.get(address.slice(world.url.length))
      return answered(page.status === 200 ? await press(browser, page, 'proceed') : page)
    },
    newCode,
    accessToken: async () => {
      const answer = await post(`${world.url}/oauth/access-token`, redemption(application, await newCode()))
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      return String(answer.body['access_token'])
    },
    notice: async () => {
      const { number } = await pay.bill({ notificationURL: `${simulators.url}/inbox/samples` })
      await confirmed(pay, number)
      return await noticeAbout(simulators.url, number)
    },
  }
}

/** Letters beyond ASCII and marks that HTML must escape, because both go wrong in the field. */
export const payer = 'Wanjikũ Kamaũ'
const description = 'Stall "B7" & <annex> – 2026'

let count = 0

function merchantSettings({ world, town, simulators }: PayTown): Settings {
  count += 1
  return {
    LANGO_URL: world.url,
    API_CLIENT_ID: town.merchant.apiClientId,
    KEY: town.merchant.keys.key,
    SECRET: town.merchant.keys.secret,
    SERVICE_ID: town.serviceCode,
    BILL_REF: `SAMPLE-${count}`,
    BILL_DESC: description,
    CLIENT_NAME: payer,
    CLIENT_ID_NUMBER: '10000001',
    PHONE: '254700000100',
    EMAIL: 'wanjiku@example.com',
    CURRENCY: 'KES',
    AMOUNT: '100.00',
    NOTIFICATION_URL: `${simulators.url}/inbox/samples`,
    CALLBACK_URL: `${simulators.url}/?order=7&from=lango`,
  }
}

function bankSettings({ world, town }: PayTown): Settings {
  count += 1
  return {
    LANGO_URL: world.url,
    API_CLIENT_ID: town.bank.apiClientId,
    KEY: town.bank.keys.key,
    SECRET: town.bank.keys.secret,
    CURRENCY: 'KES',
    AMOUNT: '105.00',
    TRANSACTION_ID: `TX-${count}`,
    TRANSACTION_DATE: nairobi(new Date()),
    CLIENT_NAME: payer,
    CUSTOMER_ACCOUNT: '254700000100',
  }
}

function nairobi(time: Date): string {
  return new Date(time.getTime() + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

async function confirmed({ world, town }: PayTown, number: string): Promise<void> {
  const said: Said = {
    api_client_id: town.bank.apiClientId,
    ref_no: number,
    amount: '105.00',
    currency: 'KES',
    gateway_transaction_id: `NOTICE-${number}`,
    gateway_transaction_date: nairobi(new Date()),
    customer_name: 'Wanjiku Kamau',
    customer_account_number: '254700000100',
  }
  const secure_hash = hashOf(wire.recipes.confirm, said, town.bank.keys)
  const { status, text } = await ask(world.url + wire.paths.confirm, encodings.form({ ...said, secure_hash }))
  assert.equal(status, 200, text)
}

/** Waits until the inbox holds the notice of an invoice. */
async function noticeAbout(simulatorsUrl: string, number: string): Promise<Notice> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { body } = await ask(`${simulatorsUrl}/control/inbox/samples`)
    const notices = (body['notices'] ?? []) as readonly Notice[]
    const found = notices.find((notice) => notice.body.includes(`"${number}"`))
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no notice of ${number} arrived`)
}
