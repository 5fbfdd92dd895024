import { isIP } from 'node:net'
import type { Agent, Dispatcher } from 'undici'
import type { Answered, Net, NoAnswer, Outgoing } from '../../core/ports.ts'
import { mayReach, type Reach } from './address.ts'
import { guardedLookup, systemResolve, type Resolve } from './lookup.ts'
import { becauseOf } from './no-answer.ts'
import { readTarget } from './target.ts'

export type NetOptions = {
  readonly mode: Reach['mode']
  /** Sent as User-Agent, so that an integrator finds us in her log. */
  readonly userAgent?: string
  /** Tests resolve names as they like and trust an authority of their own. */
  readonly resolve?: Resolve
  readonly authority?: string
}

/** Connecting alone may take this long, within the time of the whole. */
const connectMs = 5000
const largestHeader = 16 * 1024

/**
 * Outgoing HTTP behind a guard that stands where the socket connects. No redirect is followed, nothing is
 * decompressed, certificates are verified, and no environment variable sends a request through a proxy.
 */
export function openNet(options: NetOptions): Net & { readonly close: () => Promise<void> } {
  const agents = new Map<Outgoing['trust'], Promise<Agent>>()
  const agentFor = (trust: Outgoing['trust']): Promise<Agent> => {
    const agent = agents.get(trust) ?? openAgent(options, trust)
    agents.set(trust, agent)
    return agent
  }
  return {
    send: async (request) => {
      const url = readTarget(request.url)
      if (url === null) return none('url-forbidden')
      // A socket that is given an address asks no lookup, so addresses in the URL are judged here.
      const literal = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(literal) !== 0 && !mayReach(literal, { mode: options.mode, trust: request.trust })) {
        return none('address-forbidden')
      }
      return await exchange(await agentFor(request.trust), url, withOwnHeaders(request, options))
    },
    close: async () => {
      await Promise.all([...agents.values()].map(async (agent) => await (await agent).destroy()))
      agents.clear()
    },
  }
}

/** undici takes 65 ms to load, which start-up can spare and the first request cannot miss. */
async function openAgent(options: NetOptions, trust: Outgoing['trust']): Promise<Agent> {
  const { Agent } = await import('undici')
  const lookup = guardedLookup(options.resolve ?? systemResolve, { mode: options.mode, trust })
  return new Agent({
    connect: {
      lookup,
      timeout: connectMs,
      rejectUnauthorized: true,
      ...(options.authority === undefined ? {} : { ca: options.authority }),
    },
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: largestHeader,
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 10_000,
    // One deadline for the whole stands in `exchange`; a peer that dribbles bytes would reset these.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function withOwnHeaders(request: Outgoing, { userAgent = 'Lango' }: NetOptions): Outgoing {
  const ours = { 'accept-encoding': 'identity', 'user-agent': userAgent }
  const theirs = Object.entries(request.headers).filter(([name]) => !Object.hasOwn(ours, name.toLowerCase()))
  return { ...request, headers: { ...Object.fromEntries(theirs), ...ours } }
}

async function exchange(agent: Agent, url: URL, request: Outgoing): Promise<Answered> {
  const deadline = AbortSignal.timeout(request.timeoutMs)
  try {
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: deadline,
    })
    const read = await readBody(answer.body, request.maxBytes)
    if (read.broken !== null && request.bodyMayBeCut !== true) {
      return none(deadline.aborted ? 'timeout' : read.broken)
    }
    return { kind: 'answer', status: answer.statusCode, headers: flat(answer.headers), body: read.bytes }
  } catch (fault) {
    return none(deadline.aborted ? 'timeout' : becauseOf(fault))
  }
}

type Read = { readonly bytes: Uint8Array; readonly broken: NoAnswer | null }

/** At most `most` bytes, as they came; the connection is closed when there are more. */
async function readBody(body: Dispatcher.ResponseData['body'], most: number): Promise<Read> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of body as AsyncIterable<Uint8Array>) {
      parts.push(part.subarray(0, most - length))
      length += part.length
      if (length > most) return { bytes: joined(parts), broken: 'too-large' }
    }
    return { bytes: joined(parts), broken: null }
  } catch (fault) {
    return { bytes: joined(parts), broken: becauseOf(fault) }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

function none(because: NoAnswer): Answered {
  return { kind: 'no-answer', because }
}
