import { columns } from './columns.ts'

/** What the seeding of demo data tells, so that the first minutes need no document. */
export type Demo = {
  /** Who can sign in, with which name and password, and what that shows. */
  readonly signIns: readonly { readonly signIn: string; readonly password: string; readonly who: string }[]
  /** Of the demo shop, by name: client id, client secret, API client id, key, secret, service code… */
  readonly shop: Readonly<Record<string, string>>
  /** One line for a shell that works as it stands. */
  readonly curl: string
  readonly tryNext: readonly string[]
  /** The environment of the shop's process, beside PORT, HOST and LANGO_URL. */
  readonly shopEnvironment: Readonly<Record<string, string>>
}

export type Welcome = {
  readonly mode: 'sandbox' | 'live'
  readonly seconds: number
  readonly addresses: Readonly<Record<string, string>>
  readonly demo: Demo | null
  /** What did not start although the gateway did. */
  readonly missing: readonly string[]
}

/** The short table that a start ends with. */
export function welcomeText({ mode, seconds, addresses, demo, missing }: Welcome): string {
  const lines = [
    '',
    `Lango is serving (${mode}), ready in ${seconds.toFixed(1)} s.`,
    '',
    ...columns(Object.entries(addresses)),
    ...(demo === null ? [] : demoLines(demo)),
    ...missing.map((what) => `\n  NOT RUNNING: ${what}`),
    '',
    'Ctrl-C stops it; nothing is lost.',
  ]
  return lines.join('\n')
}

function demoLines({ signIns, shop, curl, tryNext }: Demo): readonly string[] {
  return [
    '',
    'Sign in as',
    ...columns(signIns.map(({ signIn, password, who }) => [`${signIn} / ${password}`, who])),
    '',
    'The demo shop',
    ...columns(Object.entries(shop)),
    '',
    'In a shell',
    `  ${curl}`,
    '',
    'Try next',
    ...tryNext.map((line) => `  - ${line}`),
  ]
}
