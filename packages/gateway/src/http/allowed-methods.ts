import type { Asked } from './asked.ts'
import type { Route } from './route.ts'

/**
 * What a path answers to, for the Allow header of a 405 (RFC 9110 section 15.5.6); empty when no route has the path.
 * Whoever opens a POST-only address in a browser then learns that the address is right.
 */
export function allowedMethods(
  routes: readonly Route[],
): (asked: Pick<Asked, 'path' | 'headers'>) => readonly string[] {
  const doors = routes.map(({ method, path, host }) => ({ method, host, segments: segmentsOf(path) }))
  return ({ path, headers }) => {
    const asked = segmentsOf(path)
    const fitting = doors.filter(
      ({ host, segments }) => (host === undefined || host === headers['host']) && fits(segments, asked),
    )
    const methods = new Set<string>(fitting.map(({ method }) => method))
    if (methods.has('GET')) methods.add('HEAD')
    return [...methods].sort()
  }
}

/** A closing slash says nothing, as to the router. */
function segmentsOf(path: string): readonly string[] {
  return path.replace(/\/$/, '').split('/')
}

function fits(pattern: readonly string[], asked: readonly string[]): boolean {
  return (
    pattern.length === asked.length &&
    pattern.every((segment, at) => segment === asked[at] || (segment.startsWith(':') && asked[at] !== ''))
  )
}
