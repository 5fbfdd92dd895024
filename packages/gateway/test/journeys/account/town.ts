/** The whole gateway with a clock that stands until it is moved, people who have accounts, and browsers to visit with. */
import { instant, type Seconds } from '../../../src/base/time.ts'
import type { Deps } from '../../../src/core/deps.ts'
import type { Account } from '../../../src/core/account/account.ts'
import { createAccount, type CreateAccount } from '../../../src/core/account/create-account.ts'
import { must, openWorld, type WorldOptions } from '../../world.ts'

export type Town = {
  readonly deps: Deps
  readonly databaseUrl: string
  readonly pass: (time: Seconds) => void
  readonly browser: (headers?: Readonly<Record<string, string>>) => Browser
  readonly close: () => Promise<void>
}

export async function openTown(options: WorldOptions = {}): Promise<Town> {
  let now = Date.UTC(2026, 10, 22, 9)
  const world = await openWorld({ ...options, clock: { now: () => instant(now) } })
  return {
    deps: world.deps,
    databaseUrl: world.databaseUrl,
    pass: (time) => {
      now += time.seconds * 1000
    },
    browser: (headers = {}) => new Browser(world.url, headers),
    close: world.close,
  }
}

export const wanjiku = {
  kind: 'citizen',
  firstName: 'Wanjiku',
  lastName: 'Kamau',
  surname: 'Njeri',
  idNumber: '00000011',
  email: 'Wanjiku@Example.test',
  emailVerified: true,
  phone: '254700000011',
  phoneVerified: true,
  gender: 'f',
  kraPin: 'A000000011Z',
  bornOn: '1990-02-28',
  locale: 'en',
  demo: true,
  password: 'wanjiku opens the gate',
} as const satisfies CreateAccount

export const amina = {
  ...wanjiku,
  firstName: 'Amina',
  lastName: 'Hassan',
  idNumber: '00000022',
  email: 'amina@example.test',
  phone: '254700000022',
  kraPin: null,
  password: 'amina opens the gate',
} as const satisfies CreateAccount

export async function register(deps: Deps, wanted: CreateAccount): Promise<Account> {
  return must(await createAccount(deps, wanted))
}

export type Page = {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  readonly setCookies: readonly string[]
  /** Where a redirect leads, or a page that leads on by itself. */
  readonly location: string | null
  /** The first form's token. */
  readonly token: string
}

/** Keeps cookies, follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#url = url
    this.#headers = headers
  }

  async get(path: string): Promise<Page> {
    return await this.#send(path, {})
  }

  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return await this.#send(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Opens the sign-in page, sends its form, and follows as far as the page that leads on to `next`. */
  async signIn(identifier: string, password: string, next = '/account'): Promise<Page> {
    const { token } = await this.get(`/signin?next=${encodeURIComponent(next)}`)
    const answer = await this.post('/signin', { token, next, identifier, password })
    return answer.location?.startsWith('/signin/continue') === true ? await this.get(answer.location) : answer
  }

  async #send(path: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...this.#headers, ...(cookie === '' ? {} : { cookie }) }
    const answer = await fetch(this.#url + path, { ...init, headers, redirect: 'manual' })
    const setCookies = answer.headers.getSetCookie()
    for (const line of setCookies) this.#keep(line)
    const body = await answer.text()
    const token = /name="token" value="([^"]+)"/.exec(body)?.[1] ?? ''
    return {
      status: answer.status,
      headers: answer.headers,
      body,
      setCookies,
      location: answer.headers.get('location') ?? refreshOf(body),
      token,
    }
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const cut = pair.indexOf('=')
    const name = pair.slice(0, cut)
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(cut + 1))
  }
}

function refreshOf(body: string): string | null {
  const refresh = /<meta http-equiv="refresh" content="0; url=([^"]*)"/.exec(body)?.[1]
  return refresh?.replaceAll('&amp;', '&') ?? null
}

/** What people read, without markup. */
export function textOf(page: Page): string {
  return page.body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}
