import { ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { stopFactorRemoval, viewStop } from '../../core/factor/stop-factor-removal.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import type { Reply } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { stopPage, type StopState } from '../../pages/stop-removal.ts'
import { fieldOf } from './asked-fields.ts'
import { readBrowser, showGate } from './gate.ts'

const path = '/recover/stop'

const show = route<string, null, 'link_gone'>('GET', path, {
  budget: 'page',
  parse: (asked) => ok(fieldOf(asked, 'key') ?? ''),
  run: viewStop,
  print: (_answer, asked, deps) => at(200, 'ask', asked, deps),
  refuse: { link_gone: (_refused, asked, deps) => at(410, 'gone', asked, deps) },
})

const submit = route<string, null, 'link_gone' | 'form_expired' | 'cookies_blocked'>('POST', path, {
  budget: 'secret',
  parse: (asked, deps): Result<string, Refusal<'form_expired' | 'cookies_blocked'>> => {
    const browser = readBrowser(deps, asked)
    return browser.ok ? ok(fieldOf(asked, 'key') ?? '') : browser
  },
  run: stopFactorRemoval,
  print: (_answer, asked, deps) => at(200, 'stopped', asked, deps),
  refuse: {
    link_gone: (_refused, asked, deps) => at(410, 'gone', asked, deps),
    form_expired: (_refused, asked, deps) => at(403, 'expired', asked, deps),
    cookies_blocked: (_refused, asked, deps) => at(403, 'expired', asked, deps),
  },
})

export const stopRoutes: readonly Route[] = [show, submit]

function at(status: number, state: StopState, asked: Asked, deps: Deps): Reply {
  const key = fieldOf(asked, 'key') ?? ''
  return showGate(deps, asked, { status, path, query: { key } }, (props) =>
    stopPage({ ...props, key, state }),
  )
}
