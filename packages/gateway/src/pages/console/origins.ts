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
      ${mayBuild(props) ? add(props, frame) : ''}`,
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
