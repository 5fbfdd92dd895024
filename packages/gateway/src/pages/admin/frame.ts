import { adminCopy } from '../copy/admin.ts'
import { deskArea, deskForm, deskPage, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'

type AdminTab = keyof (typeof adminCopy)['en']['tabs']

const paths: Readonly<Record<AdminTab, string>> = {
  organizations: '/admin',
  accounts: '/admin/accounts',
  acts: '/admin/acts',
}

/** A page of the operators' desk. */
export function adminPage(frame: Frame, tab: AdminTab, title: string, body: Child): Html {
  const words = adminCopy[frame.locale]
  return deskPage(
    frame,
    {
      title,
      above: words.desk,
      notes: words.notes,
      tabs: (Object.keys(paths) as AdminTab[]).map((each) => ({
        href: paths[each],
        label: words.tabs[each],
        current: each === tab,
      })),
    },
    body,
  )
}

/** A form whose reason is recorded; buttons follow it. */
export function reasonForm(frame: Frame, action: string, id: string, more: Child): Html {
  const words = adminCopy[frame.locale]
  return deskForm({ action, frame }, [
    deskArea(frame, { name: 'because', id, label: words.because, hint: words.becauseMore, rows: 2 }),
    html`<div class="actions">${more}</div>`,
  ])
}
