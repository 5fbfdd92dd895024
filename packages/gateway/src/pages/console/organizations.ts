import { consoleCopy } from '../copy/console.ts'
import { sayWhen } from '../account/when.ts'
import { button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskField, deskForm, deskPage, type Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { placesNav } from '../ui/places.ts'
import { plainly, said } from '../ui/said.ts'
import { facts, table } from '../ui/table.ts'
import {
  atOrganization,
  organizationPage,
  standingBadge,
  type DeskProps,
  type RoleWord,
  type StandingWord,
} from './frame.ts'

export type OrganizationsProps = {
  /** Whether a new one waits for an operator. */
  readonly waits: boolean
  readonly memberships: readonly {
    readonly organizationId: string
    readonly name: string
    readonly standing: StandingWord
    readonly role: RoleWord
  }[]
  readonly invitations: readonly {
    readonly organizationId: string
    readonly id: string
    readonly name: string
    readonly role: RoleWord
  }[]
}

/** The console's door: what somebody belongs to, who invites her, and a form for one of her own. */
export function organizationsPage(props: OrganizationsProps, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  return deskPage(
    frame,
    { title: words.title, nav: placesNav(frame.locale, 'console'), notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${invitations(props, frame)}
      ${table({
        caption: '',
        rows: props.memberships,
        empty: words.none,
        columns: [
          {
            head: words.name,
            cell: ({ organizationId, name }) =>
              html`<a href="${atOrganization(organizationId)}">${said(name)}</a>`,
          },
          { head: words.role, cell: ({ role }) => words.roles[role] },
          { head: words.standing, cell: ({ standing }) => standingBadge(frame.locale, standing) },
        ],
      })}
      ${card(
        { title: words.create },
        html`${props.waits ? html`<p class="soft">${words.createNote}</p>` : null}
        ${deskForm({ action: '/console', frame }, [
          deskField(frame, {
            name: 'name',
            label: words.name,
            hint: words.createMore,
            maxlength: 100,
            autocomplete: 'organization',
          }),
          button({ label: words.createButton }),
        ])}`,
      )}`,
  )
}

function invitations({ invitations: all }: OrganizationsProps, { locale }: Frame): readonly Html[] {
  const words = consoleCopy[locale]
  return all.map(({ organizationId, id, name, role }) =>
    notice({
      tone: 'info',
      title: words.invited,
      children: html`<p>${words.invitedTo(plainly(name), words.roles[role])}</p>
        ${linkButton({ label: words.answer, href: `/console/invitations/${organizationId}/${id}`, tone: 'quiet' })}`,
    }),
  )
}

/** What one organization is. */
export function overviewPage(desk: DeskProps, frame: Frame): Html {
  const { locale } = frame
  const words = consoleCopy[locale]
  const { organization, role } = desk
  return organizationPage(
    frame,
    desk,
    { tab: 'overview' },
    html`<div class="grid two">
      ${card(
        { title: words.overview },
        facts([
          [words.name, said(organization.name)],
          [words.standing, standingBadge(locale, organization.standing)],
          [
            words.yourRole,
            html`${words.roles[role]} <span class="soft small">${words.rolesMore[role]}</span>`,
          ],
          [words.id, html`<code>${organization.id}</code>`],
          [words.since, sayWhen(locale, organization.createdAt)],
        ]),
      )}
      <div>${role === 'owner' ? rename(desk, frame) : null} ${leave(desk, frame)}</div>
    </div>`,
  )
}

function rename({ organization }: DeskProps, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  return card(
    { title: words.rename },
    deskForm({ action: atOrganization(organization.id), frame }, [
      deskField(frame, {
        name: 'name',
        label: words.name,
        hint: words.createMore,
        value: organization.name,
        maxlength: 100,
      }),
      button({ label: words.renameButton, tone: 'quiet' }),
    ]),
  )
}

function leave({ organization }: DeskProps, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  return card(
    { title: words.leave },
    html`<p class="soft">${words.leaveMore}</p>
      ${deskButton({ action: atOrganization(organization.id, '/leave'), frame }, {}, button({ label: words.leave, tone: 'danger' }))}`,
  )
}
