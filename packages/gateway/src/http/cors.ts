/** Endpoints that programs in browsers may call from other origins. Never a page, and never with cookies. */
import type { Reply } from './reply.ts'
import type { Route } from './route.ts'

/** Any origin may read the answer: what is asked for is proved by what is sent, not by who sends it. */
const readable: Reply['headers'] = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'www-authenticate, retry-after',
}

/** The routes, readable from everywhere, and an answer for the browser that asks first. */
export function readableFromBrowsers(routes: readonly Route[]): readonly Route[] {
  const paths = [...new Set(routes.map(({ path }) => path))]
  return [...routes.map(withHeaders), ...paths.map(preflight)]
}

function withHeaders(route: Route): Route {
  return {
    ...route,
    handle: async (deps, asked) => {
      const reply = await route.handle(deps, asked)
      return { ...reply, headers: { ...reply.headers, ...readable } }
    },
  }
}

function preflight(path: string): Route {
  const reply: Reply = {
    status: 204,
    headers: {
      ...readable,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, dpop',
      'access-control-max-age': '86400',
    },
    body: '',
  }
  return {
    method: 'OPTIONS',
    path,
    budget: 'machine',
    alwaysOpen: false,
    handle: () => Promise.resolve(reply),
  }
}
