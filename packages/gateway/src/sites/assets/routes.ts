import { no, ok } from '../../base/result.ts'
import { refusal } from '../../core/refusal.ts'
import { compressible } from '../../http/compress.ts'
import { text, type Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { assets } from '../../pages/assets.ts'
import type { Asset } from '../../pages/ui/asset.ts'
import { icon } from '../../pages/ui/assets.ts'
import { logoRoute } from './logo.ts'

const byPath = new Map(
  assets.map((asset) => [asset.path, compressible(plain(asset, 'public, max-age=31536000, immutable'))]),
)

type File = (acceptEncoding: string) => Reply

/** The pages' own files. A name changes with its content, so a browser asks for each only once. */
export const routes: readonly Route[] = [
  route<File, File, 'not_found'>('GET', '/assets/:name', {
    budget: 'page',
    // A page that says that we are closed still wants its colours.
    alwaysOpen: true,
    parse: (asked) => {
      const found = byPath.get(asked.path)
      return found === undefined ? no(refusal('not_found')) : ok(found)
    },
    run: (_deps, file) => Promise.resolve(ok(file)),
    print: (file, asked) => file(asked.headers['accept-encoding'] ?? ''),
    refuse: { not_found: () => text(404, 'not found\n') },
  }),
  route<null, Asset, never>('GET', '/favicon.ico', {
    budget: 'page',
    alwaysOpen: true,
    parse: () => ok(null),
    run: () => Promise.resolve(ok(icon)),
    print: (asset) => plain(asset, 'public, max-age=86400'),
    refuse: {},
  }),
  logoRoute,
]

function plain(asset: Asset, cacheControl: string) {
  return {
    status: 200,
    headers: {
      'content-type': asset.mediaType,
      'cache-control': cacheControl,
      // Merchants show the checkout page from their own origin, and it links to these files.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: asset.body,
  }
}
