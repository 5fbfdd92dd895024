import { ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { seeOther } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { inboxPage, type Behaviour, type Inbox, type Received } from '../../pages/sandbox/inbox.ts'
import { readable } from './bank.ts'
import { readForm, readQuery, refuse, type FormNo } from './forms.ts'
import type { SandboxOptions } from './options.ts'
import { show } from './show.ts'
import { askSimulators, list, members, parse, textOf } from './simulators.ts'
import { workHash } from './work-hash.ts'

type Look = { readonly box: string }

/** How the simulator's box is told to behave. */
const behaviours: Readonly<Record<Behaviour, readonly Readonly<Record<string, unknown>>[]>> = {
  kind: [{ status: 200 }],
  failing: [{ status: 500, body: '{"error":"made to fail"}', times: 3 }],
  slow: [{ manner: 'hanging', times: 1 }],
  redirect: [{ status: 302, location: 'http://127.0.0.1:1/elsewhere', times: 1 }],
  gone: [{ status: 410, times: 1 }],
}

export function inboxRoutes(options: SandboxOptions): readonly Route[] {
  const boxUrl = (box: string): string => `${options.simulatorsUrl}/control/inbox/${encodeURIComponent(box)}`
  return [
    route<Look, Omit<Inbox, 'nonce' | 'token'>, FormNo>('GET', '/sandbox/inbox', {
      budget: 'page',
      parse: (asked) => {
        const query = readQuery(asked)
        return query.ok ? ok({ box: named(query.value('box'), options) }) : query
      },
      run: async (deps, { box }) => ok(await open(deps, options, box)),
      print: (inbox, asked, deps) => show(deps, asked, (props) => inboxPage({ ...props, ...inbox })),
      refuse,
    }),
    route<Look & { readonly behaviour: string }, Look, FormNo>('POST', '/sandbox/inbox', {
      budget: 'page',
      parse: (asked, deps) => {
        const form = readForm(asked, deps)
        if (!form.ok) return form
        return ok({ box: named(form.value('box'), options), behaviour: form.value('behaviour') })
      },
      run: async (deps, { box, behaviour }) => {
        const wanted = Object.entries(behaviours).find(([name]) => name === behaviour)?.[1] ?? behaviours.kind
        await askSimulators(deps, boxUrl(box), wanted)
        return ok({ box })
      },
      print: ({ box }) => seeOther(`/sandbox/inbox?${new URLSearchParams({ box }).toString()}`),
      refuse,
    }),
  ]
}

function named(box: string, { merchant }: SandboxOptions): string {
  return /^[A-Za-z0-9_-]{1,64}$/.test(box) ? box : merchant.inbox
}

async function open(
  deps: Deps,
  options: SandboxOptions,
  box: string,
): Promise<Omit<Inbox, 'nonce' | 'token'>> {
  const url = `${options.simulatorsUrl}/control/inbox`
  const [all, one] = await Promise.all([
    askSimulators(deps, url),
    askSimulators(deps, `${url}/${encodeURIComponent(box)}`),
  ])
  const names = members(all?.value)['boxes']
  const known = Array.isArray(names) ? names.map(textOf).filter((name) => name !== '') : []
  const said = members(one?.value)
  return {
    box,
    boxes: [...new Set([options.merchant.inbox, box, ...known])],
    notices:
      one === null
        ? null
        : list(said['notices'])
            .slice(0, 25)
            .map((each) => received(deps, options, each)),
    // A behaviour for good is how every box answers by itself.
    planned: list(said['behaviours']).some(({ times }) => times !== null),
  }
}

function received(deps: Deps, options: SandboxOptions, said: Readonly<Record<string, unknown>>): Received {
  const body = textOf(said['body'])
  const headers = Object.entries(members(said['headers'])).map(
    ([name, value]) => [name, textOf(value)] as const,
  )
  return {
    id: Number(textOf(said['id'])) || 0,
    at: textOf(said['at']),
    target: textOf(said['target']),
    body: readable(body),
    headers: headers.filter(([name]) => told.has(name)),
    answered: Number(textOf(members(said['answered'])['status'])) || 0,
    hash: checked(deps, options, body),
  }
}

/** What a merchant's endpoint may want to look at; the rest is plumbing. */
const told: ReadonlySet<string> = new Set([
  'content-type',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
])

/** Works the hash of a notice out from its very characters; null when the body carries none. */
function checked(deps: Deps, { merchant, recipes }: SandboxOptions, body: string): Received['hash'] {
  const said = members(parse(body))
  const given = said['secure_hash']
  if (typeof given !== 'string') return null
  const values = Object.fromEntries(recipes.notification.map((field) => [field, textOf(said[field])]))
  return workHash(deps, values, { fields: recipes.notification, keys: merchant, given })
}
