import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Overloaded } from '../base/batch.ts'
import { Unavailable } from '../base/unavailable.ts'
import { refusal } from '../core/refusal.ts'
import type { Deps } from '../core/deps.ts'
import { allowedMethods } from './allowed-methods.ts'
import type { Asked, Body } from './asked.ts'
import { maxBodyBytes, readBody, readPairs } from './body.ts'
import { readCookies } from './cookies.ts'
import { networkOf } from '../core/limit/budget.ts'
import { sharedLimits } from '../core/limit/share-limits.ts'
import { callerOf, meetLimits, type Budget, type Families } from './limits.ts'
import type { Reply, Stream } from './reply.ts'
import { trusting } from './trusted-proxies.ts'
import type { Route } from './route.ts'
import { streamTo } from './watch.ts'

export type ServerOptions = {
  readonly routes: readonly Route[]
  readonly deps: Deps
  /** Addresses of proxies whose X-Forwarded-For we believe. */
  readonly trustedProxies: readonly string[]
  /** How often each family of endpoints may be asked. */
  readonly families: Families
  /** Whether everything but `alwaysOpen` routes answers 503 now. */
  readonly inMaintenance: () => boolean
  /** Words for what no route can say: 400, 404, 405, 413, 414, 429, 500, 503. */
  /** `busy`: more came at once than can be done, and nothing is wrong or closed. */
  readonly fault: (status: number, asked: Pick<Asked, 'path' | 'headers' | 'id'>, busy?: boolean) => Reply
  /** Told of each answer, for metrics. */
  readonly observe?: (path: string, status: number, seconds: number) => void
  /** Told of each request that a limit turned away. */
  readonly limited?: (family: Budget) => void
}

/** Sent with every answer unless the route says otherwise: nothing may frame, sniff or leak an address of ours. */
const guarded: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** The HTTP server over a list of routes. `listen` on it to open the house, `close` to end without cutting anybody. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { deps } = options
  const closing = new AbortController()
  const answer = answering(options)
  const server = fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    trustProxy: options.trustedProxies.length > 0 ? trusting(options.trustedProxies) : false,
    genReqId: () => deps.ids.next(),
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    logger: false,
    // An address that cannot be read reaches no route; it is answered in our words and under our guards all the same.
    frameworkErrors: (fault, request, reply) => {
      void send(reply, options.fault(statusOf(fault), bare(request)), closing.signal)
    },
    // Two Authorization headers become one that nobody can read, where Node would drop the second in silence.
    http: { joinDuplicateHeaders: true },
  })
  // A status query may carry its fields in the body of a GET, as a sample of the guide does (field-facts 2.8).
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  server.addHook('preClose', () => {
    closing.abort()
  })

  for (const route of options.routes) {
    server.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: route.method === 'GET',
      ...(route.host === undefined ? {} : { constraints: { host: route.host } }),
      handler: async (request, reply) =>
        await send(reply, await answer(route, request, reply), closing.signal),
    })
  }

  const nowhere = answerNowhere(options)
  server.setNotFoundHandler((request, reply) => send(reply, nowhere(bare(request)), closing.signal))
  server.setErrorHandler((fault, request, reply) => {
    const status = statusOf(fault)
    if (status === 500)
      deps.log.error('fault', { id: request.id, path: bare(request).path, fault: stackOf(fault) })
    const answer = options.fault(status, bare(request), fault instanceof Overloaded)
    return send(reply, status === 503 ? withRetry(answer, 1) : answer, closing.signal)
  })
  if (options.observe !== undefined) observeAll(server, options.observe)
  return server
}

const tooMany = 'Too many requests came from this address or this application.'

/** What a route answers, or what the door says before it: closed, too many, unreadable. */
function answering(
  options: ServerOptions,
): (route: Route, request: FastifyRequest, reply: FastifyReply) => Promise<Reply> {
  const { deps, families } = options
  const limits = sharedLimits(deps)
  return async (route, request, reply) => {
    if (options.inMaintenance() && !route.alwaysOpen) return withRetry(options.fault(503, bare(request)), 30)
    const body = bodyOf(request)
    const { wish, fault } = asked(request, body instanceof Promise ? await body : body)
    const network = networkOf(wish.address)
    const caller = callerOf(wish)
    const names = { network, caller: caller === null ? null : `${network} ${caller}` }
    const met = await meetLimits(limits, { family: route.budget, buckets: families[route.budget] }, names)
    for (const [name, value] of Object.entries(met.headers)) void reply.header(name, value)
    if (!met.admitted) {
      options.limited?.(route.budget)
      const many = refusal('too_many_tries', { retryAfterSeconds: met.waitSeconds, because: tooMany })
      const words = route.say?.(many, wish, deps) ?? options.fault(429, bare(request))
      return withRetry(words, met.waitSeconds)
    }
    if (fault === null) return await route.handle(deps, wish)
    const unreadable = refusal('body_unreadable', { because: fault })
    return route.say?.(unreadable, wish, deps) ?? options.fault(400, bare(request))
  }
}

/** Where no route answers: 405 if the address has one for another method, else 404. */
function answerNowhere({
  routes,
  fault,
}: ServerOptions): (asked: Pick<Asked, 'path' | 'headers' | 'id'>) => Reply {
  const allowed = allowedMethods(routes)
  return (asked) => {
    const methods = allowed(asked)
    if (methods.length === 0) return fault(404, asked)
    const answer = fault(405, asked)
    return { ...answer, headers: { ...answer.headers, allow: methods.join(', ') } }
  }
}

function observeAll(server: FastifyInstance, observe: NonNullable<ServerOptions['observe']>): void {
  server.addHook('onResponse', (request, reply, done) => {
    observe(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000)
    done()
  })
}

/** The request, and in words what of its address cannot be read; then it has no query. */
function asked(request: FastifyRequest, body: Body): { readonly wish: Asked; readonly fault: string | null } {
  const [path = '/', queryText = ''] = splitAddress(request.url)
  const headers = request.headers as Readonly<Record<string, string>>
  const query = queryText === '' ? [] : readPairs(queryText)
  const wish = {
    method: request.method,
    path,
    params: request.params as Readonly<Record<string, string>>,
    query: query ?? [],
    queryText,
    headers,
    cookies: readCookies(headers['cookie'] ?? ''),
    body,
    address: request.ip,
    id: request.id,
  }
  return { wish, fault: query === null ? 'the query string has a broken percent escape' : null }
}

function bodyOf({ body, headers }: FastifyRequest): Body | Promise<Body> {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array()
  return readBody(bytes, headers['content-type'] ?? '')
}

function bare(request: FastifyRequest): Pick<Asked, 'path' | 'headers' | 'id'> {
  const [path = '/'] = splitAddress(request.url)
  return { path, headers: request.headers as Readonly<Record<string, string>>, id: request.id }
}

function splitAddress(url: string): readonly string[] {
  const cut = url.indexOf('?')
  return cut < 0 ? [url] : [url.slice(0, cut), url.slice(cut + 1)]
}

async function send(reply: FastifyReply, answer: Reply, closing: AbortSignal): Promise<unknown> {
  void reply.code(answer.status).headers(guarded).header('x-request-id', reply.request.id)
  for (const [name, value] of Object.entries(answer.headers)) {
    // An empty text takes a guard away where a route has its own (a page that may be framed).
    if (value === '') void reply.removeHeader(name)
    else void reply.header(name, value)
  }
  if (isStream(answer.body)) return await streamTo(reply, answer.body, closing)
  return await reply.send(typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body))
}

function isStream(body: Reply['body']): body is Stream {
  return typeof body === 'object' && 'events' in body
}

function withRetry(answer: Reply, seconds: number): Reply {
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
}

function statusOf(fault: unknown): number {
  if (fault instanceof Overloaded || fault instanceof Unavailable) return 503
  const status = (fault as { readonly statusCode?: unknown }).statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

function stackOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
}
