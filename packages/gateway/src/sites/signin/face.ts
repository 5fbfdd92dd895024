import type { Deps } from '../../core/deps.ts'
import type { Face } from '../../core/application/face.ts'
import { viewFace } from '../../core/application/view-face.ts'
import type { Asked } from '../../http/asked.ts'
import type { Route } from '../../http/route.ts'
import { nextOf } from './asked-fields.ts'

/**
 * A page of signing in that shows for which application it asks. The door, which answers before anything is looked at,
 * shows none.
 */
export function faced(make: (face: Face | null) => Route): Route {
  return {
    ...make(null),
    handle: async (deps, asked) => await make(await faceOf(deps, asked)).handle(deps, asked),
  }
}

async function faceOf(deps: Deps, asked: Asked): Promise<Face | null> {
  const clientId = applicationIn(nextOf(asked))
  return clientId === null ? null : await viewFace(deps, clientId)
}

/** The application whose request `next` is. The page leads to that request alone, so it is the one that will be met. */
export function applicationIn(next: string): string | null {
  // An address that nobody owns: of the path and the query alone is asked.
  const { pathname, searchParams } = new URL(next, 'http://own.invalid')
  if (!authorizePaths.test(pathname)) return null
  const [clientId = null, ...more] = searchParams.getAll('client_id')
  return more.length === 0 ? clientId : null
}

/** Also with a language before it. */
const authorizePaths = /^(\/[^/]+)?\/oauth\/authorize$/
