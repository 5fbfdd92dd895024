import type { AnyMac, AsyncMac } from '@lango/wire'

/** HMAC-SHA-256 of the platform's WebCrypto: browsers (on https or localhost), Node, Deno, Bun, workers. */
export const webMac: AsyncMac = async (key, data) => {
  const encoder = new TextEncoder()
  // Copied, because WebCrypto takes no view on shared memory.
  const secret = typeof key === 'string' ? encoder.encode(key) : new Uint8Array(key)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(data)))
}

/** One shape for a mac that answers at once and one that promises to. */
export function patient(mac: AnyMac): AsyncMac {
  return async (key, data) => mac(key, data)
}
