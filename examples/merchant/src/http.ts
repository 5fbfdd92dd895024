import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Html } from './html.ts'

/** What a handler gives back; plain data. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export type Request = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  /** As it was received. */
  readonly body: Uint8Array
}

const mostBytes = 65_536

/** Reads a request whole. Null when its body is too large or it broke off. */
export async function readRequest(message: IncomingMessage): Promise<Request | null> {
  const target = message.url ?? '/'
  if (!target.startsWith('/') || !URL.canParse(target, 'http://shop')) return null
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  const url = new URL(target, 'http://shop')
  return { method: message.method ?? 'GET', url, headers: message.headers, body: Buffer.concat(chunks) }
}

/** Writes a reply with the headers that every page of the shop has. */
export function writeReply(response: ServerResponse, reply: Reply, frames: string): void {
  response.writeHead(reply.status, { ...securityHeaders(frames), ...reply.headers })
  response.end(reply.body)
}

/** `frames` is the one origin that may be shown in a frame: the gateway's. */
function securityHeaders(frames: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src ${frames}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    // Not no-referrer, which would also blank the Origin of the shop's own forms.
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}

export function page(content: Html, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: content.markup }
}

export function json(content: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }
}

/** 303, so that the browser asks for the next page with GET. */
export function goTo(location: string): Reply {
  return { status: 303, headers: { location }, body: '' }
}

export function withCookie(reply: Reply, cookie: string): Reply {
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } }
}

/** A cookie that no script reads; on https it is bound to this host and never sent in the clear. */
export function sessionCookie(id: string, isHttps: boolean): string {
  return `${sessionCookieName(isHttps)}=${id}; Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`
}

export function readSessionCookie(headers: IncomingHttpHeaders, isHttps: boolean): string | undefined {
  const wanted = `${sessionCookieName(isHttps)}=`
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(wanted))?.slice(wanted.length)
}

/** The name tells the shop's cookie from the gateway's: on one host name, cookies do not know ports apart. */
function sessionCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-duka' : 'duka'
}
