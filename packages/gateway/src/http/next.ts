/**
 * Where a browser is sent after it signed in: a path on our own origin, else the fallback. A second slash, a
 * backslash or a control character can turn a path into another host's address, so only plain visible ASCII that
 * begins with a single slash is a path.
 */
export function ownPath(wanted: string | undefined, fallback: string): string {
  return wanted !== undefined && wanted.length <= longest && ownPaths.test(wanted) ? wanted : fallback
}

/** Room for an authorization request with a long state; under what servers take as a request line. */
const longest = 12_000
const ownPaths = /^\/(?!\/)[!-[\]-~]*$/
