import type { Deps } from '../../core/deps.ts'
import type { Asked } from '../../http/asked.ts'
import { formToken } from '../../http/csrf.ts'
import { freshNonce, page, type Markup } from '../../http/html.ts'
import type { Reply } from '../../http/reply.ts'
import type { SandboxProps } from '../../pages/sandbox/frame.ts'

/** A page of the sandbox; its forms carry a token of this browser. */
export function show(deps: Deps, asked: Asked, render: (props: SandboxProps) => Markup): Reply {
  const nonce = freshNonce(deps)
  const { token, setCookie } = formToken(deps, asked, 'browser')
  return page(200, render({ nonce, token }), {
    nonce,
    // A form that makes a bill leads to its hosted page, which stands at our public address.
    base: deps.publicUrl,
    ...(setCookie === null ? {} : { headers: { 'set-cookie': setCookie } }),
  })
}
