import { no, ok, type Result } from '../../base/result.ts'
import { startAttempt } from '../../core/attempt/start-attempt.ts'
import { checkoutToken } from '../../core/invoice/checkout-token.ts'
import { loadPicture, type Picture } from '../../core/invoice/load-picture.ts'
import { viewCheckout, type CheckoutView } from '../../core/invoice/view-checkout.ts'
import { refusal, type Refusal, type RefusalCode } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { bodyFields, queryFields, type Fields, type FieldsRefusal } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import { eventStream, seeOther, text, type Reply } from '../../http/reply.ts'
import { route, type Refuse, type Route } from '../../http/route.ts'
import type { Deps } from '../../core/deps.ts'
import { checkoutUrl, type Trouble } from '../../pages/checkout-view.ts'
import { checkoutCopy } from '../../pages/copy/checkout.ts'
import { faultPage } from '../../pages/fault.ts'
import { localeOf, showCheckout, type Shown, type Wanted } from './show.ts'
import { watchCheckout } from './watch.ts'

type Unreadable = FieldsRefusal['code']

/** The hosted page: what is owed, ways to pay it, how far a try has come. It needs no cookie and no script. */
export const routes: readonly Route[] = [
  route<Wanted & { readonly moved: boolean }, Shown, Unreadable | 'not_found'>('GET', '/checkout', {
    budget: 'page',
    parse: (asked) => {
      const fields = queryFields(asked)
      return fields.ok
        ? ok({ ...wanted(asked, fields.value), moved: fields.value.get('moved') === 'yes' })
        : fields
    },
    run: async (deps, { moved, ...command }) => {
      const view = await viewCheckout(deps, command.requestId)
      if (!view.ok) return view
      const trouble: Trouble = { kind: 'form_expired', channel: '', phone: '' }
      return ok({ ...command, view: view.value, ...(moved ? { trouble } : {}) })
    },
    print: (shown, asked, deps) => ({ ...showCheckout(deps, asked, shown), status: 200 }),
    refuse: refuseWithPage(),
  }),
  route<Pay, Paying, Unreadable | 'not_found'>('POST', '/checkout', {
    budget: 'page',
    parse: (asked) => {
      const fields = bodyFields(asked)
      return fields.ok ? ok(payOf(asked, fields.value)) : fields
    },
    run: pay,
    print: (paying, asked, deps) => {
      if (paying.trouble === undefined) return seeOther(addressOf(deps, paying))
      if (paying.trouble.kind === 'form_expired') return seeOther(addressOf(deps, paying, { moved: 'yes' }))
      return showCheckout(deps, asked, paying)
    },
    refuse: refuseWithPage(),
  }),
  route<Watch, Watch & { readonly view: CheckoutView }, Unreadable | 'not_found'>('GET', '/checkout/events', {
    budget: 'page',
    parse: (asked) => {
      const fields = queryFields(asked)
      if (!fields.ok) return fields
      const mark = asked.headers['last-event-id'] ?? fields.value.get('mark') ?? ''
      return ok({ ...wanted(asked, fields.value), mark })
    },
    run: async (deps, command) => {
      const view = await viewCheckout(deps, command.requestId)
      return view.ok ? ok({ ...command, view: view.value }) : view
    },
    print: (watched, asked, deps) => {
      const stream = eventStream((closed) => watchCheckout(deps, watched, closed))
      const headers = { ...stream.headers, ...readableBy(asked, watched.view.origins) }
      return { ...stream, headers, ...(asked.method === 'HEAD' ? { body: '' } : {}) }
    },
    refuse: refuseWithText(),
  }),
  route<string, Picture, Unreadable | 'not_found'>('GET', '/checkout/picture', {
    budget: 'page',
    parse: (asked) => {
      const fields = queryFields(asked)
      return fields.ok ? ok(fields.value.get('request_id') ?? '') : fields
    },
    run: loadPicture,
    print: ({ mediaType, bytes }) => ({
      status: 200,
      headers: { 'content-type': mediaType, 'cache-control': 'private, max-age=3600' },
      body: bytes,
    }),
    refuse: refuseWithText(),
  }),
]

type Watch = Wanted & { readonly mark: string }
type Pay = Wanted & { readonly token: string; readonly channel: string; readonly phone: string }
type Paying = Shown

/** Starts one try, or tells why not; in both cases the page shows how things stand. */
async function pay(deps: Deps, command: Pay): Promise<Result<Paying, Refusal<'not_found'>>> {
  const { requestId, locale, token, channel, phone } = command
  const found = await viewCheckout(deps, requestId)
  if (!found.ok) return found
  const shown = { requestId, locale, view: found.value }
  // The bill has moved on since this form was made: a second click, another tab, money that came meanwhile.
  if (token !== checkoutToken(deps, found.value))
    return ok({ ...shown, trouble: trouble('form_expired', command) })
  const started = await startAttempt(deps, { requestId, channel, phone, token })
  if (started.ok) return ok(shown)
  const kind = troubles[started.refusal.code]
  if (kind === 'not_found') return no(refusal('not_found'))
  return ok(kind === null ? shown : { ...shown, trouble: trouble(kind, command) })
}

type StartRefusal = Extract<
  Awaited<ReturnType<typeof startAttempt>>,
  { readonly ok: false }
>['refusal']['code']

/** What each refusal means to a payer. Null: nothing to say, the page shows the present state. */
const troubles: Readonly<Record<StartRefusal, Trouble['kind'] | 'not_found' | null>> = {
  channel_unavailable: 'unavailable',
  channel_refused: 'refused',
  attempt_open: null,
  phone_limited: 'phone_limited',
  field_invalid: 'phone_invalid',
  invoice_settled: null,
  not_found: 'not_found',
}

function trouble(kind: Trouble['kind'], { channel, phone }: Pay): Trouble {
  return { kind, channel, phone }
}

function wanted(asked: Asked, fields: Fields): Wanted {
  return { requestId: fields.get('request_id') ?? '', locale: localeOf(asked, fields.get('lang')) }
}

function payOf(asked: Asked, fields: Fields): Pay {
  const field = (name: string): string => fields.get(name) ?? ''
  return {
    ...wanted(asked, fields),
    token: field('token'),
    channel: field('channel'),
    phone: field('phone').trim(),
  }
}

function addressOf(
  deps: Deps,
  { requestId, locale }: Wanted,
  more: Readonly<Record<string, string>> = {},
): string {
  return checkoutUrl({ base: deps.publicUrl, requestId, locale }, '', more)
}

/** A merchant who shows our page from its own origin may read the news of it; credentials play no part. */
function readableBy(asked: Asked, origins: readonly string[]): Reply['headers'] {
  const origin = asked.headers['origin']
  return origin !== undefined && origins.includes(origin)
    ? { 'access-control-allow-origin': origin, vary: 'origin' }
    : { vary: 'origin' }
}

function refuseWithPage(): Refuse<Unreadable | 'not_found'> {
  const broken = (status: number) => (_refusal: Refusal<RefusalCode>, asked: Asked, deps: Deps) => {
    const nonce = freshNonce(deps)
    const locale = localeOf(asked, asked.query.find(([name]) => name === 'lang')?.[1])
    const words = checkoutCopy[locale]
    const said = status === 404 ? { title: words.gone, more: words.goneMore } : {}
    return page(status, faultPage({ locale, nonce, status, id: asked.id, ...said }), { nonce })
  }
  return {
    not_found: broken(404),
    body_unreadable: broken(400),
    field_repeated: broken(400),
  }
}

function refuseWithText(): Refuse<Unreadable | 'not_found'> {
  const say = (status: number) => () => text(status, status === 404 ? 'not found\n' : 'bad request\n')
  return { not_found: say(404), body_unreadable: say(400), field_repeated: say(400) }
}
