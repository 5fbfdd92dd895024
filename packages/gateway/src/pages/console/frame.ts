import type { Instant } from '../../base/time.ts'
import { consoleCopy } from '../copy/console.ts'
import type { Locale } from '../../base/locale.ts'
import { deskPage, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { placesNav } from '../ui/places.ts'
import { plainly, said } from '../ui/said.ts'

export type RoleWord = 'owner' | 'developer' | 'finance' | 'viewer'
export type StandingWord = 'waiting' | 'live' | 'suspended'

/** What stands at the head of every page of an organization. */
export type DeskProps = {
  readonly organization: {
    readonly id: string
    readonly name: string
    readonly standing: StandingWord
    readonly because: string | null
    readonly createdAt: Instant
  }
  readonly role: RoleWord
}

type ConsoleTab = keyof (typeof consoleCopy)['en']['tabs']

/** Where each page of an organization is, and who is shown the way; whether she may in, the page itself decides. */
const tabs: readonly (readonly [tab: ConsoleTab, path: string, roles: readonly RoleWord[]])[] = [
  ['overview', '', ['owner', 'developer', 'finance', 'viewer']],
  ['applications', '/applications', ['owner', 'developer', 'finance', 'viewer']],
  ['requests', '/requests', ['owner', 'developer']],
  ['keys', '/keys', ['owner', 'developer', 'finance']],
  ['services', '/services', ['owner', 'developer', 'finance', 'viewer']],
  ['origins', '/origins', ['owner', 'developer', 'finance', 'viewer']],
  ['notices', '/notices', ['owner', 'developer', 'finance']],
  ['members', '/members', ['owner', 'developer', 'finance', 'viewer']],
  ['import', '/import', ['owner']],
  ['activity', '/activity', ['owner']],
]

export function atOrganization(id: string, path = ''): string {
  return `/console/${id}${path}`
}

export type ConsolePage = {
  readonly tab: ConsoleTab
  readonly title?: string
  readonly notes?: Readonly<Record<string, string>>
}

/** A page of one organization. */
export function organizationPage(frame: Frame, desk: DeskProps, page: ConsolePage, body: Child): Html {
  const { locale } = frame
  const words = consoleCopy[locale]
  const { organization, role } = desk
  return deskPage(
    frame,
    {
      title: page.title ?? words.tabs[page.tab],
      above: said(organization.name),
      nav: placesNav(locale, 'console'),
      notes: { ...words.notes, ...page.notes },
      tabs: tabs
        .filter(([, , allowed]) => allowed.includes(role))
        .map(([tab, path]) => ({
          href: atOrganization(organization.id, path),
          label: words.tabs[tab],
          current: tab === page.tab,
        })),
    },
    [standing(locale, desk), body],
  )
}

function standing(locale: Locale, { organization }: DeskProps): Child {
  const words = consoleCopy[locale]
  if (organization.standing === 'live') return null
  const text =
    organization.standing === 'waiting'
      ? words.waits
      : words.suspendedBecause(plainly(organization.because ?? ''))
  return notice({
    tone: 'warn',
    title: words.standings[organization.standing],
    children: html`<p>${text}</p>`,
  })
}

export function standingBadge(locale: Locale, word: StandingWord): Html {
  const tone = { waiting: 'info', live: 'good', suspended: 'bad' }[word]
  return html`<span class="badge ${tone}">${consoleCopy[locale].standings[word]}</span>`
}
