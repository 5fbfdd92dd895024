/** What every client library of a test needs: a gateway on the machine's own time, an application, and a person who walks. */
import {
  createApplication,
  type CreateApplication,
} from '../../../src/core/application/create-application.ts'
import { createOrganization } from '../../../src/core/organization/create-organization.ts'
import { must, openWorld, type World } from '../../world.ts'
import { Browser, register, wanjiku, type Page } from '../account/town.ts'
import { press, redirectUri, type Application } from './gate.ts'

export type Party = {
  readonly world: World
  /** Wanjiku's account, who walks. */
  readonly subject: string
  readonly application: (wanted?: Partial<CreateApplication>) => Promise<Application>
  /** A browser that nobody has signed in with. */
  readonly browser: () => Browser
  /**
   * Does what a person does with the address that a library made, and returns where her browser is sent in the end. With a
   * browser of her own she stays signed in there.
   */
  readonly walk: (
    authorizationUrl: URL | string,
    decision?: 'proceed' | 'back',
    browser?: Browser,
  ) => Promise<URL>
  /** The same for an answer that travels in a form of its own: the request that reaches the application. */
  readonly walkToForm: (authorizationUrl: URL | string) => Promise<Request>
  readonly close: () => Promise<void>
}

export async function openParty(): Promise<Party> {
  // The machine's own time: these libraries hold tokens against it.
  const world = await openWorld()
  const subject = (await register(world.deps, wanjiku)).id
  const organizationId = must(
    await createOrganization(world.deps, { name: 'Ministry of Gates', origins: [] }),
  ).id
  return {
    world,
    subject,
    application: async (wanted = {}) => {
      const asked = {
        organizationId,
        name: 'Boma',
        kind: 'web' as const,
        redirectUris: [redirectUri],
        ...wanted,
      }
      const made = must(await createApplication(world.deps, asked))
      return {
        clientId: made.clientId,
        secret: made.clientSecret ?? '',
        redirectUri: asked.redirectUris[0] ?? '',
      }
    },
    browser: () => new Browser(world.url, {}),
    walk: async (authorizationUrl, decision = 'proceed', browser) =>
      new URL((await walked(world, authorizationUrl, decision, browser)).location ?? ''),
    walkToForm: async (authorizationUrl) => {
      const { body } = await walked(world, authorizationUrl, 'proceed')
      const form = /<form method="post" action="([^"]*)" id="answer">([\s\S]*?)<\/form>/.exec(body)
      const inputs = [...(form?.[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      const fields = new URLSearchParams()
      for (const [, name = '', value = ''] of inputs) fields.append(name, value)
      return new Request(form?.[1] ?? '', { method: 'POST', body: fields })
    },
    close: world.close,
  }
}

async function walked(
  world: World,
  authorizationUrl: URL | string,
  decision: 'proceed' | 'back',
  browser = new Browser(world.url, {}),
): Promise<Pick<Page, 'location' | 'body'>> {
  const { pathname, search } = new URL(authorizationUrl)
  const first = await browser.get(pathname + search)
  if (first.status === 200) return await press(browser, first, decision)
  const next = new URL(first.location ?? '', world.url)
  // A request that is refused at once goes back to its application, not to the sign-in page.
  if (next.origin !== new URL(world.url).origin) return first
  const asked = next.searchParams.get('next') ?? ''
  const back = await browser.signIn('00000011', 'wanjiku opens the gate', asked)
  const page = await browser.get(back.location ?? '')
  return page.status === 200 ? await press(browser, page, decision) : page
}
