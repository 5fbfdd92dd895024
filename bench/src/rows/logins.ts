import type { BenchPerson } from '../ground/town.ts'
import type { Sent } from '../load/requests.ts'
import type { Rig } from '../rig.ts'
import type { Contest } from './beside.ts'

/**
 * People who sign in by password. Here the password's hash is nearly all of it: argon2id with 19 MiB and two passes at
 * the gateway, scrypt with 16 MiB at better-auth, each as it comes. The other two leave sign-in to whoever uses them.
 */
export async function loginContest({ gateway, town, size }: Rig): Promise<Contest> {
  const forms = await openForms({ gateway, town })
  const each = <Person>(people: readonly Person[], ask: (person: Person, place: number) => Sent) =>
    Array.from({ length: size.logins }, (_, place) => {
      const person = people[place % people.length]
      if (person === undefined) throw new Error('nobody lives in this town')
      return ask(person, place)
    })
  return {
    name: 'logins by password',
    // Sent on to the page that she came for; a wrong password would show the form again, with 403.
    right: { status: 303, text: 'location: /account' },
    theirRight: { text: '"token"' },
    lacks: {
      'oidc-provider': 'brings no sign-in',
      'oidc-provider on PostgreSQL': 'brings no sign-in',
      'oauth2-server': 'brings no sign-in',
    },
    prepare: () =>
      Promise.resolve({
        our: each(forms, loginRequest),
        their: {
          'better-auth': each(town.people, ({ email, password }) => ({
            method: 'POST',
            path: '/api/auth/sign-in/email',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ email, password }),
          })),
        },
      }),
    ready: () => Promise.resolve(),
  }
}

/** A sign-in page for each person of the town. */
export async function openForms({ gateway, town }: Pick<Rig, 'gateway' | 'town'>): Promise<readonly Form[]> {
  return await Promise.all(
    town.people.map(async (person, place) => await openForm(gateway.port, person, addressOf(place))),
  )
}

/** The form sent, from the network of that place. */
export function loginRequest({ cookie, fields }: Form, place: number): Sent {
  return {
    method: 'POST',
    path: '/signin',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: cookie,
      'X-Forwarded-For': addressOf(place),
    },
    body: fields,
  }
}

export type Form = { readonly cookie: string; readonly fields: string }

/** The sign-in page as a browser loads it: its token belongs to the cookie that came along. */
async function openForm(port: number, { email, password }: BenchPerson, address: string): Promise<Form> {
  const headers = { 'x-forwarded-for': address }
  const page = await fetch(`http://127.0.0.1:${port}/signin?next=/account`, { headers })
  const token = /name="token" value="([^"]+)"/.exec(await page.text())?.[1]
  if (token === undefined) throw new Error(`no sign-in page, but ${page.status}`)
  const cookie = page.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const fields = new URLSearchParams({ token, next: '/account', identifier: email, password })
  return { cookie: cookie.join('; '), fields: fields.toString() }
}

/** A network of its own for each place (198.18.0.0/15 is for benchmarks, RFC 2544). */
function addressOf(place: number): string {
  return `198.${18 + (place >> 16)}.${(place >> 8) & 255}.${place & 255}`
}
