import { originsCopy } from '../copy/origins.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskField, deskForm, type Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { table } from '../ui/table.ts'
import { mayBuild, warned } from './applications.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

export type OriginsProps = DeskProps & {
  readonly origins: readonly string[]
  /** Where every notice also goes; null when nowhere. */
  readonly notificationUrl: string | null
  readonly warnings: readonly string[]
}

/** Where an organization's programs are. */
export function originsPage(props: OriginsProps, frame: Frame): Html {
  const words = originsCopy[frame.locale]
  const action = atOrganization(props.organization.id, '/origins/remove')
  const origin = { head: words.origin, cell: (text: string) => html`<code>${text}</code>` }
  const removal = {
    head: words.remove,
    cell: (text: string) =>
      deskButton(
        { action, frame },
        { remove: text },
        html`<span class="row"
          >${button({ label: html`${words.remove}<span class="visually-hidden"> ${text}</span>`, tone: 'danger' })}</span
        >`,
      ),
  }
  return organizationPage(
    frame,
    props,
    { tab: 'origins', notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${warned(props.warnings, frame)}
      ${table({
        caption: '',
        rows: props.origins,
        empty: mayBuild(props) ? words.none : words.noneToSee,
        columns: mayBuild(props) ? [origin, removal] : [origin],
      })}
      ${mayBuild(props) ? html`<div class="grid two">${add(props, frame)} ${notices(props, frame)}</div>` : told(props, frame)}`,
  )
}

function add({ organization }: OriginsProps, frame: Frame): Html {
  const words = originsCopy[frame.locale]
  return card(
    { title: words.add, id: 'add' },
    deskForm({ action: atOrganization(organization.id, '/origins'), frame }, [
      deskField(frame, { name: 'origin', label: words.origin, hint: words.originMore, maxlength: 300 }),
      html`<p class="soft">${words.removeMore}</p>`,
      button({ label: words.addGo }),
    ]),
  )
}

function notices({ organization, notificationUrl }: OriginsProps, frame: Frame): Html {
  const words = originsCopy[frame.locale]
  return card(
    { title: words.notices, id: 'notices' },
    deskForm({ action: atOrganization(organization.id, '/origins/notices'), frame }, [
      deskField(frame, {
        name: 'notificationUrl',
        label: words.noticesTo,
        hint: words.noticesMore,
        value: notificationUrl ?? '',
        maxlength: 1900,
        optional: 'said',
      }),
      button({ label: words.save, tone: 'quiet' }),
    ]),
  )
}

/** For members who may not change it; the address itself is its keepers'. */
function told({ notificationUrl }: OriginsProps, { locale }: Frame): Html {
  const words = originsCopy[locale]
  return html`<p class="soft">${notificationUrl === null ? words.noticesNowhere : words.noticesSomewhere}</p>`
}
