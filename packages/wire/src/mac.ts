/**
 * HMAC-SHA-256 as the caller's platform offers it: at once on a server (node:crypto), later in a browser (WebCrypto).
 * A text key or text data means its UTF-8 bytes; a key in bytes is used as it is. The answer is 32 bytes.
 */
export type Mac = (key: string | Uint8Array, data: string) => Uint8Array
export type AsyncMac = (key: string | Uint8Array, data: string) => Promise<Uint8Array>
export type AnyMac = Mac | AsyncMac

/** Goes on with a value whether it is here already or on its way, so that one recipe serves both kinds of `Mac`. */
export function whenKnown<Value, Next>(
  value: Value | Promise<Value>,
  next: (value: Value) => Next,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(next) : next(value)
}
