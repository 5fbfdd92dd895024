import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { standingBadge, type RoleWord, type StandingWord } from '../console/frame.ts'
import { adminCopy } from '../copy/admin.ts'
import { applicationsCopy } from '../copy/applications.ts'
import { consoleCopy } from '../copy/console.ts'
import { stateBadge, type Listed } from '../console/applications.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { pager, type Frame } from '../ui/desk.ts'
import { hidden, select } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { plainly, said } from '../ui/said.ts'
import { facts, table } from '../ui/table.ts'
import { adminPage, reasonForm, type AdminFrame } from './frame.ts'

type Row = {
  readonly id: string
  readonly name: string
  readonly standing: StandingWord
  readonly createdAt: Instant
}

export type HouseProps = {
  readonly rows: readonly Row[]
  readonly standing: string
  readonly newest: string | null
  readonly older: string | null
}

export function housePage(props: HouseProps, frame: AdminFrame): Html {
  const { locale } = frame
  const words = adminCopy[locale]
  const { standings } = consoleCopy[locale]
  const choices = [
    { value: '', label: words.any },
    { value: 'waiting', label: standings.waiting },
    { value: 'suspended', label: standings.suspended },
  ]
  return adminPage(
    frame,
    'organizations',
    words.tabs.organizations,
    html`<p class="lead">${words.lead}</p>
      <form method="get" action="/admin" class="filters">
        ${select({ name: 'standing', label: words.standing, value: props.standing, choices })}
        <div class="actions">${button({ label: words.show, tone: 'quiet' })}</div>
      </form>
      ${table({
        caption: '',
        rows: props.rows,
        empty: words.none,
        columns: [
          {
            head: words.name,
            cell: ({ id, name }) => html`<a href="/admin/organizations/${id}">${said(name)}</a>`,
          },
          { head: words.standing, cell: ({ standing }) => standingBadge(locale, standing) },
          { head: words.made, cell: ({ createdAt }) => sayWhen(locale, createdAt) },
        ],
      })}
      ${pager(locale, props)}`,
  )
}

export type HouseOrganizationProps = {
  readonly organization: Row & { readonly operator: boolean; readonly because: string | null }
  readonly role: RoleWord
  readonly alike: readonly Row[]
  readonly members: readonly { readonly accountId: string; readonly name: string; readonly role: RoleWord }[]
  readonly applications: readonly Listed[]
}

export function houseOrganizationPage(props: HouseOrganizationProps, frame: AdminFrame): Html {
  const { locale } = frame
  const words = adminCopy[locale]
  const { organization } = props
  return adminPage(
    frame,
    'organizations',
    plainly(organization.name),
    html`${alike(props, frame)}
      <div class="grid two">
        <div>
          ${card(
            {},
            facts([
              [words.standing, standingBadge(locale, organization.standing)],
              [words.organization, html`<code>${organization.id}</code>`],
              [words.made, sayWhen(locale, organization.createdAt)],
              ...(organization.because === null
                ? []
                : [[words.because, said(organization.because)] as const]),
            ]),
          )}
          ${card({ title: words.members }, members(props, frame))}
        </div>
        <div>${decide(props, frame)}</div>
      </div>
      ${card({ title: words.applications }, applications(props, frame))}`,
  )
}

function alike({ alike: rows }: HouseOrganizationProps, { locale }: Frame): Child {
  const words = adminCopy[locale]
  if (rows.length === 0) return null
  return notice({
    tone: 'warn',
    title: words.alike,
    children: html`<p>${words.alikeMore}</p>
      <ul>
        ${rows.map(({ id, name }) => html`<li><a href="/admin/organizations/${id}">${said(name)}</a></li>`)}
      </ul>`,
  })
}

function members({ members: rows }: HouseOrganizationProps, { locale }: Frame): Html {
  const words = adminCopy[locale]
  return table({
    caption: '',
    rows,
    empty: words.none,
    columns: [
      {
        head: words.name,
        cell: ({ accountId, name }) => html`<a href="/admin/accounts/${accountId}">${said(name)}</a>`,
      },
      { head: words.role, cell: ({ role }) => consoleCopy[locale].roles[role] },
    ],
  })
}

const verdictOf = { waiting: 'approve', live: 'suspend', suspended: 'resume' } as const

function decide({ organization, role }: HouseOrganizationProps, frame: Frame): Child {
  const words = adminCopy[frame.locale]
  if (role !== 'owner' || organization.operator) return null
  const verdict = verdictOf[organization.standing]
  const tone = verdict === 'suspend' ? 'danger' : 'main'
  return card(
    { title: words.decide },
    reasonForm(frame, `/admin/organizations/${organization.id}`, 'because', [
      hidden('verdict', verdict),
      button({ label: words.verdicts[verdict], tone }),
    ]),
  )
}

function applications(
  { applications: rows, organization, role }: HouseOrganizationProps,
  frame: Frame,
): Html {
  const words = adminCopy[frame.locale]
  if (rows.length === 0) return html`<p class="empty">${words.noApplications}</p>`
  return html`${rows.map((row) => {
    const isOff = row.suspendedAt !== null
    const action = `/admin/organizations/${organization.id}/application`
    return html`<section>
      <h3>${said(row.name)} ${stateBadge(row, frame)}</h3>
      <p class="small">
        <code>${row.clientId}</code> · ${applicationsCopy[frame.locale].kindWords[row.kind]}
      </p>
      ${isOff ? html`<p>${said(row.suspendedBecause ?? '')}</p>` : null}
      ${
        role === 'owner'
          ? html`<details>
              <summary>
                ${isOff ? words.reinstateApp : words.suspendApp}<span class="visually-hidden"
                  >: ${plainly(row.name)}</span
                >
              </summary>
              ${reasonForm(frame, action, `because-${row.clientId}`, [
                hidden('client', row.clientId),
                hidden('on', isOff ? 'yes' : 'no'),
                button({
                  label: isOff ? words.reinstateApp : words.suspendApp,
                  tone: isOff ? 'main' : 'danger',
                }),
              ])}
            </details>`
          : null
      }
    </section>`
  })}`
}
