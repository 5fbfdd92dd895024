/** The peer's side of the comparison. */
import { Browser } from '../journeys/account/town.ts'
import { clientOf, openPeer, type PeerClient } from './peer.ts'
import { addressOf, requestOf, sideOf, type Client, type Side } from './side.ts'

export async function openOther(
  clients: readonly PeerClient[],
): Promise<{ readonly side: Side; readonly close: () => Promise<void> }> {
  const peer = await openPeer(clients)
  /** Follows the peer's own redirects, agreeing, until it leads elsewhere. */
  const lead = async (browser: Browser, path: string, until: 'signed-in' | 'agreed'): Promise<void> => {
    let next = path
    for (let steps = 0; steps < 12; steps += 1) {
      const page = await browser.get(next)
      const { pathname, search, origin } = new URL(page.location ?? '', peer.url)
      if (origin !== peer.url) return
      if (until === 'signed-in' && (await asked(pathname)) === 'consent') return
      next = pathname + search
    }
    throw new Error('the peer did not come to an end')
  }
  const asked = async (path: string): Promise<string> =>
    path.startsWith('/interaction/') ? await peer.asksFor(path) : 'nothing'
  const side = sideOf({
    name: 'peer',
    url: peer.url,
    browserOf: async (visitor) => {
      const browser = new Browser(peer.url, {})
      if (visitor === 'stranger') return browser
      for (const one of clients.slice(0, visitor === 'signed-in' ? 1 : undefined)) {
        await lead(browser, pathOf(clientOf(one)), visitor)
      }
      return browser
    },
    agree: async (browser, client) => await lead(browser, pathOf(client), 'agreed'),
    rest: () => undefined,
    pageOf: async (_status, location) => {
      const asks = await asked(new URL(location ?? '', peer.url).pathname)
      return asks === 'nothing' ? null : asks === 'login' ? 'sign-in' : asks
    },
  })
  return { side, close: peer.close }
}

function pathOf(client: Client): string {
  const scope = 'openid profile email phone offline_access'
  return addressOf('/oauth/authorize', requestOf(client, { scope, prompt: 'consent' }))
}
