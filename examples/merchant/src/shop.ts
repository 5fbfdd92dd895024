import { timingSafeEqual } from 'node:crypto'
import { eCitizen, LangoError, pesaflow } from '@lango/sdk'
import type { ECitizen, Order as CheckoutOrder, NoticeKeys, Pesaflow } from '@lango/sdk'
import { goodOf } from './catalogue.ts'
import type { Config } from './config.ts'
import type { Reply, Request } from './http.ts'
import { goTo, json, page, readSessionCookie, sessionCookie, withCookie } from './http.ts'
import { receiveNotice } from './notices.ts'
import type { Order, Orders } from './orders.ts'
import { isSame, orderBook } from './orders.ts'
import { checkoutPage, ordersPage, paidPage, stateWords } from './pages/order.ts'
import { person, shelf, trouble } from './pages/shelf.ts'
import type { Session, Sessions, User } from './sessions.ts'
import { sessionStore } from './sessions.ts'

/** All that the shop's handlers work with. */
export type Shop = {
  readonly config: Config
  readonly signIn: ECitizen
  readonly payments: Pesaflow
  readonly noticeKeys: NoticeKeys
  readonly sessions: Sessions
  readonly orders: Orders
  readonly now: () => Date
}

export function openShop(config: Config, now: () => Date = () => new Date()): Shop {
  const { gatewayUrl: baseUrl, clientId, clientSecret, apiClientId, serviceId, webhookSecret } = config
  const keys = { key: config.apiKey, secret: config.apiSecret }
  return {
    config,
    now,
    signIn: eCitizen({ baseUrl, clientId, clientSecret, redirectUri: `${config.publicUrl}/callback`, now }),
    payments: pesaflow({ baseUrl, apiClientId, keys, serviceId, currency: 'KES', now }),
    noticeKeys: webhookSecret === null ? keys : { ...keys, webhookSecret },
    sessions: sessionStore(),
    orders: orderBook(),
  }
}

/** One visitor's request. */
type Visit = {
  readonly shop: Shop
  readonly request: Request
  readonly session: Session
  /** The posted form; empty for other requests. */
  readonly form: URLSearchParams
  /** What stands in the path where the route has a blank. */
  readonly part: string
}

type Handler = (visit: Visit) => Reply | Promise<Reply>

/** Every page of the shop; `*` is one part of a path. */
const routes: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['GET', /^\/$/, ({ session }) => page(shelf(session))],
  ['GET', /^\/sign-in$/, beginSignIn],
  ['GET', /^\/callback$/, endSignIn],
  ['POST', /^\/sign-out$/, signOut],
  ['GET', /^\/me$/, signedIn(({ session }, user) => page(person(session, user)))],
  [
    'GET',
    /^\/orders$/,
    signedIn(({ shop, session }, user) => page(ordersPage(session, shop.orders.of(user)))),
  ],
  ['POST', /^\/orders$/, signedIn(placeOrder)],
  ['GET', /^\/orders\/([^/]+)$/, ofBuyer(showCheckout)],
  ['GET', /^\/orders\/([^/]+)\/paid$/, ofBuyer(({ session }, order) => page(paidPage({ session, order })))],
  [
    'GET',
    /^\/orders\/([^/]+)\/state$/,
    ofBuyer((_visit, { state }) => json({ state, words: stateWords[state] })),
  ],
]

/** Answers any request but those for assets. */
export async function visit(shop: Shop, request: Request): Promise<Reply> {
  const path = request.url.pathname
  if (path === '/healthz') return json({ status: 'ok' })
  // The gateway has no session, and its body must stay as it came.
  if (path === '/notifications' && request.method === 'POST') return hearNotice(shop, request)
  const isHttps = shop.config.publicUrl.startsWith('https:')
  const known = shop.sessions.find(readSessionCookie(request.headers, isHttps))
  const session = known ?? shop.sessions.begin()
  const reply = await route(shop, request, session)
  const isNew = known === undefined && reply.headers['set-cookie'] === undefined
  return isNew ? withCookie(reply, sessionCookie(session.id, isHttps)) : reply
}

async function route(shop: Shop, request: Request, session: Session): Promise<Reply> {
  const { method, url } = request
  const found = routes.find(([wanted, path]) => wanted === method && path.test(url.pathname))
  if (found === undefined)
    return page(trouble(session, 'There is nothing here', 'The address leads nowhere.'), 404)
  const [, path, handler] = found
  const form = new URLSearchParams(method === 'POST' ? new TextDecoder().decode(request.body) : '')
  if (method === 'POST' && !isOwnForm(shop, request, form.get('csrf') ?? '', session)) {
    const words = 'The form is not from this visit. Open the shop again and repeat what you did.'
    return page(trouble(session, 'That form is too old', words), 403)
  }
  const [, part = ''] = path.exec(url.pathname) ?? []
  return handler({ shop, request, session, form, part })
}

/** A form counts only with this session's token; where the browser names the sending page's origin, that must be ours too. */
function isOwnForm(shop: Shop, request: Request, csrf: string, session: Session): boolean {
  const { origin } = request.headers
  if (origin !== undefined && origin !== shop.config.publicUrl) return false
  const given = Buffer.from(csrf)
  const expected = Buffer.from(session.csrf)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function signedIn(handler: (visit: Visit, user: User) => Reply | Promise<Reply>): Handler {
  return (visit) => (visit.session.user === null ? goTo('/sign-in') : handler(visit, visit.session.user))
}

/** Orders are shown to their buyer; for anybody else they do not exist. */
function ofBuyer(handler: (visit: Visit, order: Order) => Reply | Promise<Reply>): Handler {
  return signedIn((visit, user) => {
    const order = visit.shop.orders.find(visit.part)
    if (order !== undefined && isSame(order.buyer, user)) return handler(visit, order)
    return page(
      trouble(visit.session, 'No such order', 'The shop forgets its orders when it is started anew.'),
      404,
    )
  })
}

async function beginSignIn({ shop, request, session }: Visit): Promise<Reply> {
  // The browser comes back to the shop's own address. Whoever opened it under another name of this machine would leave the
  // session behind there; `moved` keeps a proxy that rewrites Host from sending people in a circle.
  const isElsewhere = request.headers.host !== new URL(shop.config.publicUrl).host
  if (isElsewhere && !request.url.searchParams.has('moved'))
    return goTo(`${shop.config.publicUrl}/sign-in?moved`)
  const signingIn = await shop.signIn.authorizeUrl({ scope: 'openid' })
  shop.sessions.change(session, { signingIn })
  return goTo(signingIn.url)
}

async function endSignIn({ shop, request, session }: Visit): Promise<Reply> {
  const kept = session.signingIn
  if (kept === null) return goTo('/')
  // Whatever comes of it, this sign-in is used up.
  const used = shop.sessions.change(session, { signingIn: null })
  try {
    const code = shop.signIn.readCallback(request.url, kept)
    const { accessToken } = await shop.signIn.exchangeCode({
      code,
      codeVerifier: kept.codeVerifier,
      nonce: kept.nonce,
    })
    const user = await shop.signIn.userInfo(accessToken)
    const { id } = shop.sessions.renew(used, user)
    return withCookie(goTo('/'), sessionCookie(id, shop.config.publicUrl.startsWith('https:')))
  } catch (cause) {
    if (!(cause instanceof LangoError)) throw cause
    if (cause.code !== 'access_denied')
      return page(trouble(used, 'The sign-in did not work', cause.message), 502)
    return page(trouble(used, 'You are not signed in', 'You chose not to share your details. That is fine.'))
  }
}

function signOut({ shop, session }: Visit): Reply {
  const { id } = shop.sessions.renew(session, null)
  return withCookie(goTo('/'), sessionCookie(id, shop.config.publicUrl.startsWith('https:')))
}

function placeOrder({ shop, session, form }: Visit, user: User): Reply {
  const good = goodOf(form.get('good'))
  if (good === undefined) return page(trouble(session, 'Not for sale', 'The shop has no such thing.'), 404)
  return goTo(`/orders/${shop.orders.place(good, user, shop.now()).reference}`)
}

/** Raises the invoice when the order is looked at. The same order always gives the same invoice, so looking again is safe. */
async function showCheckout({ shop, session }: Visit, order: Order): Promise<Reply> {
  const gateway = new URL(shop.config.gatewayUrl).origin
  try {
    const invoice = order.invoice ?? (await shop.payments.checkout(checkoutOf(shop, order)))
    shop.orders.change(order.reference, () => ({ invoice }))
    return page(checkoutPage({ session, order: { ...order, invoice } }, gateway, null))
  } catch (cause) {
    if (!(cause instanceof LangoError)) throw cause
    return page(checkoutPage({ session, order }, gateway, cause), 502)
  }
}

function checkoutOf(shop: Shop, { reference, good, buyer }: Order): CheckoutOrder {
  const { publicUrl } = shop.config
  return {
    reference,
    amount: good.price,
    description: good.name,
    payer: {
      name: buyer.name ?? [buyer.first_name, buyer.last_name].filter(Boolean).join(' '),
      // An application without eCitizen's profile does not learn the number; clients in the field send 0 then.
      idNumber: buyer.id_number || '0',
      phone: buyer.mobile_number || '254700000000',
      email: buyer.email || '',
    },
    notificationUrl: `${publicUrl}/notifications`,
    successUrl: `${publicUrl}/orders/${reference}/paid`,
    pictureUrl: `${publicUrl}/assets/goods/${good.id}.png`,
  }
}

async function hearNotice(shop: Shop, request: Request): Promise<Reply> {
  const { orders, noticeKeys: keys, payments, now } = shop
  const status = (reference: string) => payments.status(reference)
  const heard = await receiveNotice({ orders, keys, status, now }, request.body, request.headers)
  return json(heard.body, heard.status)
}
