/** What an agency brings along from its old installation, and the page on which it does. */
import type { Browser, Page } from '../account/town.ts'
import { send, type Desk } from './desk.ts'

/** As an agency had it: a form-encoded client without PKCE, scope or state. */
export const boma = {
  client_id: '278f1ef8-old',
  client_secret: 'the secret that Boma has always had',
  name: 'Boma',
  redirect_uris: ['http://localhost:8000/login/sso/code'],
  national_identity: true,
  allow: ['no-pkce', 'no-state'],
}
export const shop = { api_client_id: 42, key: 'key of the old shop', secret: 'secret of the old shop' }
export const bank = {
  apiClientID: 'bank-42',
  key: 'key of the old bank',
  secret: 'secret of the old bank',
  role: 'aggregator',
}
export const whole = {
  applications: [boma],
  api_clients: [shop, bank],
  services: [{ code: '124', name: 'Land rates', fee: { kind: 'flat', fee: '500' } }],
  origins: ['https://lands.example'],
}

export type Moving = {
  readonly path: (rest?: string, organization?: string) => string
  /** Pastes a document; where it is one, this is what would become of it. */
  readonly look: (document: unknown, browser?: Browser, organization?: string) => Promise<Page>
  /** Presses the button of such a page. */
  readonly confirm: (page: Page) => Promise<Page>
}

export function movingInto(desk: Desk): Moving {
  const path: Moving['path'] = (rest = '', organization = desk.organization) =>
    `/console/${organization}/import${rest}`
  return {
    path,
    look: async (document, browser = desk.owner, organization = desk.organization) => {
      const pasted = typeof document === 'string' ? document : JSON.stringify(document)
      const answer = await send(browser, path('', organization), { pasted }, '/import')
      return answer.status === 303 ? await browser.get(answer.location ?? '') : answer
    },
    confirm: async (page) => {
      const document = /name="document" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const done = await desk.owner.post(path('/confirm'), { token: page.token, document })
      return done.status === 303 ? await desk.owner.get(done.location ?? '') : done
    },
  }
}
