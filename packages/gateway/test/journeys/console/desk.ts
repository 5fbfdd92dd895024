/** Somebody at the console: a town with people who have accounts, and organizations that they make through its pages. */
import type { Account } from '../../../src/core/account/account.ts'
import type { Role } from '../../../src/core/organization/role.ts'
import { addMember } from '../../../src/core/organization/add-member.ts'
import { seconds } from '../../../src/base/time.ts'
import { must, type WorldOptions } from '../../world.ts'
import { addApp, answer, codeOf, type App } from '../account/factors.ts'
import { amina, openTown, register, wanjiku, type Browser, type Page, type Town } from '../account/town.ts'

export type Desk = Town & {
  readonly owner: Browser
  readonly ownerAccount: Account
  /** Wanjiku's organization. */
  readonly organization: string
  /** Another person, signed in, who belongs to nothing. */
  readonly stranger: Browser
  readonly strangerAccount: Account
  /** Makes the stranger a member by invitation. */
  readonly join: (role: Role) => Promise<void>
}

export async function openDesk(options: WorldOptions = {}): Promise<Desk> {
  const town = await openTown(options)
  const ownerAccount = await register(town.deps, wanjiku)
  const strangerAccount = await register(town.deps, amina)
  const owner = town.browser()
  await owner.signIn('00000011', 'wanjiku opens the gate')
  const stranger = town.browser()
  await stranger.signIn('00000022', 'amina opens the gate')
  const organization = organizationOf(await send(owner, '/console', { name: 'Wizara ya Ardhi' }))
  const join = async (role: Role): Promise<void> => {
    const invited = await send(
      owner,
      `/console/${organization}/members/invite`,
      { email: 'amina@example.test', role },
      '/members',
    )
    if (invited.status !== 303) throw new Error(`not invited: ${invited.status}`)
    const { body } = await stranger.get('/console')
    const path = /href="(\/console\/invitations\/[^"]+)"/.exec(body)?.[1] ?? ''
    const accepted = await send(stranger, path, {})
    if (accepted.status !== 303) throw new Error(`not accepted: ${accepted.status}`)
  }
  return { ...town, owner, ownerAccount, organization, stranger, strangerAccount, join }
}

export type OperatorHere = { readonly browser: Browser; readonly account: Account }

/** Baraka, who keeps the house: made an operator at the machine, and signed in by password alone. */
export async function openOperator(
  desk: Town,
  more: Partial<Record<'idNumber' | 'email' | 'phone' | 'password', string>> = {},
): Promise<OperatorHere> {
  const person = { ...baraka, ...more }
  const account = await register(desk.deps, person)
  const operator = { organizationId: desk.deps.operatorId, email: person.email, role: 'owner' } as const
  must(await addMember(desk.deps, operator))
  const browser = desk.browser()
  await browser.signIn(person.idNumber, person.password)
  return { browser, account }
}

/** Gives an operator an authenticator, and proves it: she may act for a quarter of an hour. */
export async function guard(desk: Town, browser: Browser): Promise<App> {
  const app = await addApp(desk, browser)
  await proveCode(desk, browser, app)
  return app
}

/** Proves an authenticator afresh. A code is taken once, so that each proof is of a later step. */
async function proveCode(desk: Town, browser: Browser, { secret }: App): Promise<void> {
  desk.pass(seconds(60))
  const page = await browser.get('/signin/confirm?next=%2Fadmin&acr=aal2')
  const proved = await answer(browser, page, { way: 'code', code: codeOf(desk, secret) })
  if (proved.location !== '/signin/continue?next=%2Fadmin')
    throw new Error(`not proved: ${proved.status} ${proved.location ?? ''}`)
}

const baraka = {
  ...wanjiku,
  demo: false,
  firstName: 'Baraka',
  idNumber: '00000033',
  email: 'baraka@example.test',
  phone: '254700000033',
  kraPin: null,
  password: 'baraka keeps the gate',
} as const

/** Opens the page that a form stands on and sends the form with that page's token. */
export async function send(
  browser: Browser,
  path: string,
  fields: Readonly<Record<string, string>>,
  from = '',
): Promise<Page> {
  const page = from.startsWith('/console')
    ? from
    : from === ''
      ? '/console'
      : path.split('/').slice(0, 3).join('/') + from
  const { token } = await browser.get(page)
  return await browser.post(path, { token, ...fields })
}

export function organizationOf(page: Page): string {
  const id = /^\/console\/([0-9a-f-]{36})/.exec(page.location ?? '')?.[1]
  if (id === undefined) throw new Error(`no organization was made: ${page.status} ${page.location ?? ''}`)
  return id
}

/** Goes on as a browser does, agreeing where it is asked, until a page is left to read. */
export async function follow({ deps }: Desk, browser: Browser, from: Page): Promise<Page> {
  let page = from
  for (let steps = 0; steps < 6; steps += 1) {
    if (page.location !== null) page = await browser.get(page.location.replace(deps.publicUrl, ''))
    else if (page.body.includes('value="proceed"')) {
      const action =
        /<form method="post" action="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const mark = /name="page" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      page = await browser.post(action, { token: page.token, page: mark, decision: 'proceed' })
    } else return page
  }
  return page
}
