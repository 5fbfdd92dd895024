import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { applicationsCopy } from '../copy/applications.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskArea, deskField, deskForm, deskSelect, pager, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { said } from '../ui/said.ts'
import { facts, table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

export type KindWord = 'web' | 'single-page' | 'native' | 'machine' | 'device'
export const kindWords: readonly KindWord[] = ['web', 'single-page', 'native', 'machine', 'device']

export type Listed = {
  readonly clientId: string
  readonly name: string
  readonly kind: KindWord
  readonly createdAt: Instant
  readonly hasLogo: boolean
  readonly pausedAt: Instant | null
  readonly suspendedAt: Instant | null
  readonly suspendedBecause: string | null
}

export type ApplicationsProps = DeskProps & {
  readonly applications: readonly Listed[]
  readonly newest: string | null
  readonly older: string | null
}

export function atApplication({ organization }: DeskProps, clientId: string, path = ''): string {
  return atOrganization(organization.id, `/applications/${encodeURIComponent(clientId)}${path}`)
}

export function applicationsPage(props: ApplicationsProps, frame: Frame): Html {
  const { locale } = frame
  const words = applicationsCopy[locale]
  const href = atOrganization(props.organization.id, '/applications/new')
  return organizationPage(
    frame,
    props,
    { tab: 'applications', notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${mayBuild(props) ? html`<p>${linkButton({ label: words.new, href })}</p>` : null}
      ${table({
        caption: '',
        rows: props.applications,
        empty: words.none,
        columns: [
          {
            head: words.name,
            cell: ({ clientId, name, hasLogo }) =>
              html`${hasLogo ? logo(clientId) : null}
                <a href="${atApplication(props, clientId)}">${said(name)}</a>`,
          },
          { head: words.clientId, cell: ({ clientId }) => html`<code>${clientId}</code>` },
          { head: words.kind, cell: ({ kind }) => words.kindWords[kind] },
          { head: words.state, cell: (row) => stateBadge(row, frame) },
          { head: words.madeAt, cell: ({ createdAt }) => sayWhen(locale, createdAt) },
        ],
      })}
      ${pager(locale, props)}`,
  )
}

export function mayBuild({ role }: Pick<DeskProps, 'role'>): boolean {
  return role === 'owner' || role === 'developer'
}

/** Its name stands beside it, so the picture itself says nothing more. */
export function logo(clientId: string): Html {
  return html`<img
    class="logo"
    src="/apps/${encodeURIComponent(clientId)}/logo"
    alt=""
    width="48"
    height="48"
  />`
}

export function stateBadge({ pausedAt, suspendedAt }: Listed, { locale }: Frame): Html {
  const words = applicationsCopy[locale]
  if (suspendedAt !== null) return html`<span class="badge bad">${words.suspended}</span>`
  return pausedAt === null
    ? html`<span class="badge good">${words.on}</span>`
    : html`<span class="badge soft">${words.paused}</span>`
}

export type NewApplicationProps = DeskProps & {
  /** What the check of the addresses found worth saying; null when nothing was checked. */
  readonly warnings: readonly string[] | null
}

export function newApplicationPage(props: NewApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const action = atOrganization(props.organization.id, '/applications/new')
  return organizationPage(
    frame,
    props,
    { tab: 'applications', title: words.new, notes: words.notes },
    html`${checked(props, frame)}
    ${card(
      {},
      deskForm({ action, frame, files: true }, [
        deskField(frame, { name: 'name', label: words.name, hint: words.nameMore, maxlength: 100 }),
        deskSelect(frame, {
          name: 'kind',
          label: words.kind,
          choices: kindWords.map((value) => ({ value, label: words.kinds[value] })),
        }),
        deskArea(frame, {
          name: 'redirectUris',
          label: words.redirects,
          hint: words.redirectsMore,
          optional: 'said',
        }),
        logoField(frame),
        actions(
          button({ label: words.create }),
          button({ label: words.check, tone: 'quiet', name: 'check', value: 'on' }),
        ),
      ]),
    )}`,
  )
}

function checked({ warnings }: NewApplicationProps, frame: Frame): Child {
  const words = applicationsCopy[frame.locale]
  if (warnings === null || frame.problem !== null) return null
  return [notice({ tone: 'good', children: html`<p>${words.notes.checked}</p>` }), warned(warnings, frame)]
}

export function warned(warnings: readonly string[], { locale }: Frame): Child {
  if (warnings.length === 0) return null
  return notice({
    tone: 'warn',
    title: applicationsCopy[locale].warned,
    children: html`<ul lang="en">
      ${warnings.map((line) => html`<li>${line}</li>`)}
    </ul>`,
  })
}

export function logoField({ locale, problem }: Frame): Html {
  const words = applicationsCopy[locale]
  return html`<div class="field${problem?.field === 'logo' ? ' wrong' : ''}">
    <label for="field-logo">${words.logo}</label>
    <p class="hint" id="field-logo-hint">${words.logoMore}</p>
    <input
      id="field-logo"
      name="logo"
      type="file"
      accept="image/png,image/jpeg,image/webp,image/gif"
      aria-describedby="field-logo-hint"
    />
  </div>`
}

export type SecretShown = DeskProps & {
  readonly title: 'made' | 'rotated'
  readonly clientId: string
  readonly clientSecret: string | null
  readonly warnings: readonly string[]
}

/** The one page that ever shows a secret. */
export function secretPage(props: SecretShown, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { clientId, clientSecret, warnings } = props
  return organizationPage(
    frame,
    props,
    { tab: 'applications', title: words[props.title] },
    html`${warned(warnings, frame)}
    ${card(
      { kind: 'gate' },
      html`${facts([[words.clientId, html`<code>${clientId}</code>`]])}
      ${
        clientSecret === null
          ? html`<p>${words.noSecret}</p>`
          : html`<p>${words.secretOnce}</p>
              <h2>${words.secret}</h2>
              <p><code class="secret" id="secret">${clientSecret}</code></p>`
      }
      ${actions(linkButton({ label: words.done, href: atApplication(props, clientId) }))}`,
    )}`,
  )
}
