import { Busboy } from '@fastify/busboy'
import type { Body, Pairs } from './asked.ts'
import { parseJson } from './json.ts'

/** Bodies are read whole into memory, so they are small: the largest honest checkout is under 8 kB. */
export const maxBodyBytes = 64 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body by its content type. A JSON text under a form's type is read as JSON, because a widely copied PHP
 * sample sends it so (field-facts 2.11). Only a multipart body takes time.
 */
export function readBody(bytes: Uint8Array, contentType: string): Body | Promise<Body> {
  if (bytes.length === 0) return { kind: 'none' }
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') return readMultipart(bytes, contentType)
  const text = decode(bytes)
  if (text === null) return { kind: 'unreadable', because: 'the body is not UTF-8' }
  if (isJson(type) || (type !== 'text/plain' && text.trimStart().startsWith('{'))) return readJson(text)
  return type === 'application/x-www-form-urlencoded' ? readForm(text) : { kind: 'text', text }
}

/** Pairs of a urlencoded text in order, repeats kept. `+` is a blank; a broken escape is an error, not a guess. */
export function readPairs(text: string): Pairs | null {
  try {
    return text
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const cut = part.indexOf('=')
        return cut < 0 ? [unescape(part), ''] : [unescape(part.slice(0, cut)), unescape(part.slice(cut + 1))]
      })
  } catch {
    return null
  }
}

const escape = /[%+]/

function unescape(text: string): string {
  if (!escape.test(text)) return text
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

function readJson(text: string): Body {
  const value = parseJson(text)
  return value.ok
    ? { kind: 'json', value: value.value, text }
    : { kind: 'unreadable', because: value.refusal, text }
}

function readForm(text: string): Body {
  const pairs = readPairs(text)
  return pairs === null
    ? { kind: 'unreadable', because: 'the form has a broken percent escape', text }
    : { kind: 'form', pairs }
}

async function readMultipart(bytes: Uint8Array, contentType: string): Promise<Body> {
  return await new Promise((resolve) => {
    const pairs: [string, string][] = []
    const files = new Map<string, Uint8Array>()
    const unreadable = (because: string) => resolve({ kind: 'unreadable', because })
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { files: 2, fields: 64 },
      })
      parser.on('field', (name: string, value: string) => pairs.push([name, value]))
      parser.on('file', (name: string, stream: NodeJS.ReadableStream) => {
        const parts: Uint8Array[] = []
        stream.on('data', (part: Uint8Array) => parts.push(part))
        stream.on('end', () => {
          if (!files.has(name)) files.set(name, joined(parts))
        })
      })
      parser.on('filesLimit', () => unreadable('too many files'))
      parser.on('error', () => unreadable('the multipart body is broken'))
      parser.on('fieldsLimit', () => unreadable('too many fields'))
      parser.on('finish', () => resolve({ kind: 'form', pairs, files }))
      parser.end(bytes)
    } catch {
      unreadable('the multipart body names no boundary')
    }
  })
}

/** The body was read whole and is bounded, so its files are too. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
