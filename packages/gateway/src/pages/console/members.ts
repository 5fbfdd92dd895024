import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { consoleCopy } from '../copy/console.ts'
import { deskCopy } from '../copy/desk.ts'
import { invitationCopy } from '../copy/invitations.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskField, deskForm, deskPage, deskSelect, type Frame } from '../ui/desk.ts'
import { hidden, select } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { placesNav } from '../ui/places.ts'
import { plainly, said } from '../ui/said.ts'
import { table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps, type RoleWord } from './frame.ts'

export type MembersProps = DeskProps & {
  readonly members: readonly {
    readonly accountId: string
    readonly name: string
    readonly email: string | null
    readonly role: RoleWord
    readonly since: Instant
    readonly you: boolean
  }[]
  readonly invitations: readonly {
    readonly id: string
    readonly email: string
    readonly role: RoleWord
    readonly expiresAt: Instant
    /** When its letter went out last; null: none did. */
    readonly letterAt: Instant | null
    /** The whole address, to be passed on. */
    readonly link: string
  }[]
}

const roles: readonly RoleWord[] = ['owner', 'developer', 'finance', 'viewer']

export function membersPage(props: MembersProps, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  const inviting = invitationCopy[frame.locale]
  const isOwner = props.role === 'owner'
  return organizationPage(
    frame,
    props,
    { tab: 'members', notes: inviting.notes },
    html`<p class="lead">${words.membersMore}</p>
      ${card({ title: words.members }, members(props, frame))}
      ${isOwner ? card({ title: inviting.invitations, id: 'invitations' }, invitations(props, frame)) : null}
      ${isOwner ? card({ title: inviting.invite }, invite(props, frame)) : null}`,
  )
}

type MemberRow = MembersProps['members'][number]

function members(props: MembersProps, frame: Frame): Html {
  const { locale } = frame
  const words = consoleCopy[locale]
  const changes = (row: MemberRow): Child =>
    props.role === 'owner'
      ? [roleForm(props, row, frame), removeForm(props, row, frame)]
      : words.roles[row.role]
  return table({
    caption: '',
    rows: props.members,
    empty: '',
    columns: [
      {
        head: words.name,
        cell: ({ name, email, you }) =>
          html`${said(name)} ${you ? html`<span class="badge info">${words.you}</span>` : null}
            <div class="soft small">${email === null ? null : said(email)}</div>`,
      },
      { head: words.since2, cell: ({ since }) => sayWhen(locale, since) },
      { head: words.role, cell: (row) => html`<div class="row">${changes(row)}</div>` },
    ],
  })
}

function roleForm({ organization }: DeskProps, { accountId, role, name }: MemberRow, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  return deskForm({ action: atOrganization(organization.id, '/members/role'), frame }, [
    hidden('account', accountId),
    html`<div class="row">
      ${select({
        name: 'role',
        id: `role-${accountId}`,
        label: words.roleOf(plainly(name)),
        value: role,
        choices: roles.map((value) => ({ value, label: words.roles[value] })),
      })}
      ${button({ label: html`${words.change}<span class="visually-hidden">: ${words.roleOf(plainly(name))}</span>`, tone: 'quiet' })}
    </div>`,
  ])
}

function removeForm({ organization }: DeskProps, { accountId, name }: MemberRow, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  const label = html`${words.remove}<span class="visually-hidden"> ${plainly(name)}</span>`
  const action = atOrganization(organization.id, '/members/remove')
  return deskButton({ action, frame }, { account: accountId }, button({ label, tone: 'danger' }))
}

function invitations(props: MembersProps, frame: Frame): Html {
  const { locale } = frame
  const words = invitationCopy[locale]
  const { email: address, role: roleHead, roles: roleWords } = consoleCopy[locale]
  return table({
    caption: '',
    rows: props.invitations,
    empty: words.noInvitations,
    columns: [
      {
        head: address,
        cell: ({ email, letterAt }) =>
          html`${said(email)}
            <div class="soft small">
              ${letterAt === null ? words.noLetter : words.letterAt(sayWhen(locale, letterAt))}
            </div>`,
      },
      { head: roleHead, cell: ({ role }) => roleWords[role] },
      { head: words.link, cell: ({ link }) => html`<code>${link}</code>` },
      { head: words.until, cell: ({ expiresAt }) => sayWhen(locale, expiresAt) },
      {
        head: words.change,
        cell: (row) =>
          html`<div class="row">
            ${invitationButton(props, row, frame, ['send', row.letterAt === null ? words.send : words.sendAgain])}
            ${invitationButton(props, row, frame, ['withdraw', words.withdraw])}
          </div>`,
      },
    ],
  })
}

function invitationButton(
  { organization }: DeskProps,
  { id, email }: MembersProps['invitations'][number],
  frame: Frame,
  [path, label]: readonly [path: 'send' | 'withdraw', label: string],
): Html {
  const action = atOrganization(organization.id, `/members/${path}`)
  const pressed = html`${label}<span class="visually-hidden">: ${plainly(email)}</span>`
  return deskButton({ action, frame }, { invitation: id }, button({ label: pressed, tone: 'quiet' }))
}

function invite({ organization }: MembersProps, frame: Frame): Html {
  const words = consoleCopy[frame.locale]
  const { inviteMore, inviteButton } = invitationCopy[frame.locale]
  return html`<p class="soft">${inviteMore}</p>
    ${deskForm({ action: atOrganization(organization.id, '/members/invite'), frame }, [
      deskField(frame, {
        name: 'email',
        type: 'email',
        label: words.email,
        maxlength: 254,
        autocomplete: 'off',
      }),
      deskSelect(frame, {
        name: 'role',
        label: words.role,
        value: 'developer',
        choices: roles.map((value) => ({ value, label: `${words.roles[value]}: ${words.rolesMore[value]}` })),
      }),
      button({ label: inviteButton }),
    ])}`
}

export type InvitationProps = {
  readonly organizationName: string
  readonly fits: 'yes' | 'other-address' | 'unverified'
  readonly role: RoleWord
  readonly action: string
}

/** What somebody who was invited decides. */
export function invitationPage(
  { organizationName, fits, role, action }: InvitationProps,
  frame: Frame,
): Html {
  const words = invitationCopy[frame.locale]
  const { roles: roleWords, rolesMore } = consoleCopy[frame.locale]
  const why = { 'other-address': words.otherAddress, unverified: words.unverified }
  return deskPage(
    frame,
    { title: words.invitation, nav: placesNav(frame.locale, 'console') },
    card(
      { kind: 'gate' },
      html`<p>${words.invitationText(plainly(organizationName), roleWords[role])}</p>
        <p class="soft">${roleWords[role]}: ${rolesMore[role]}</p>
        ${
          fits === 'yes'
            ? deskButton({ action, frame }, {}, actions(button({ label: words.accept })))
            : html`<p>${why[fits]}</p>
                ${actions(linkButton({ label: deskCopy[frame.locale].places.account, href: '/account', tone: 'quiet' }))}`
        }`,
    ),
  )
}
