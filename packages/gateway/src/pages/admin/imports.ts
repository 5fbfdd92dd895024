import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { standingBadge, type RoleWord, type StandingWord } from '../console/frame.ts'
import { importRows, type ImportShown } from '../console/import-rows.ts'
import { adminCopy } from '../copy/admin.ts'
import { importCopy } from '../copy/import.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import type { Frame } from '../ui/desk.ts'
import { hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { plainly, said } from '../ui/said.ts'
import { table } from '../ui/table.ts'
import { adminPage, reasonForm, type AdminFrame } from './frame.ts'

export type HouseImportsProps = {
  readonly rows: readonly { readonly organizationId: string; readonly name: string; readonly at: Instant }[]
}

export function houseImportsPage({ rows }: HouseImportsProps, frame: AdminFrame): Html {
  const { locale } = frame
  const words = importCopy[locale]
  const body = table({
    caption: '',
    rows,
    empty: words.noneWaits,
    columns: [
      {
        head: words.organization,
        cell: ({ organizationId, name }) =>
          html`<a href="/admin/imports/${organizationId}">${said(name)}</a>`,
      },
      { head: words.since, cell: ({ at }) => sayWhen(locale, at) },
    ],
  })
  return adminPage(
    frame,
    'imports',
    adminCopy[locale].tabs.imports,
    html`<p class="lead">${words.waitingList}</p>
      ${body}`,
  )
}

export type HouseImportProps = {
  readonly role: RoleWord
  readonly organization: { readonly id: string; readonly name: string; readonly standing: StandingWord }
  readonly request: ImportShown
}

export function houseImportPage({ role, organization, request }: HouseImportProps, frame: AdminFrame): Html {
  return adminPage(
    frame,
    'imports',
    plainly(organization.name),
    html`<p>
        <a href="/admin/organizations/${organization.id}">${said(organization.name)}</a>
        ${standingBadge(frame.locale, organization.standing)}
      </p>
      ${importRows(request, frame)} ${role === 'owner' ? decide(organization.id, request, frame) : null}`,
  )
}

function decide(organizationId: string, { id }: ImportShown, frame: Frame): Child {
  const words = importCopy[frame.locale]
  const verdict = (label: string, value: string, tone: 'main' | 'danger'): Html =>
    button({ label, name: 'verdict', value, tone })
  return card(
    { title: words.decide },
    reasonForm(frame, `/admin/imports/${organizationId}`, 'because', [
      hidden('document', id),
      verdict(words.approve, 'approve', 'main'),
      verdict(words.decline, 'decline', 'danger'),
    ]),
  )
}
