import { adminCopy } from '../copy/admin.ts'
import { deskArea, deskForm, deskPage, type Frame } from '../ui/desk.ts'
import { linkButton } from '../ui/button.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { placesNav } from '../ui/places.ts'

/** What its pages are given beside what they show. */
export type AdminFrame = Frame & {
  /** Whether she who looks has a second factor; who has none is told to add one. */
  readonly guarded: boolean
}

type AdminTab = keyof (typeof adminCopy)['en']['tabs']

const paths: Readonly<Record<AdminTab, string>> = {
  organizations: '/admin',
  imports: '/admin/imports',
  accounts: '/admin/accounts',
  acts: '/admin/acts',
}

/** A page of the operators' desk. */
export function adminPage(frame: AdminFrame, tab: AdminTab, title: string, body: Child): Html {
  const words = adminCopy[frame.locale]
  return deskPage(
    frame,
    {
      title,
      above: words.desk,
      nav: placesNav(frame.locale, 'admin'),
      notes: words.notes,
      tabs: (Object.keys(paths) as AdminTab[]).map((each) => ({
        href: paths[each],
        label: words.tabs[each],
        current: each === tab,
      })),
    },
    [frame.guarded ? null : unguarded(frame), body],
  )
}

function unguarded({ locale }: Frame): Child {
  const words = adminCopy[locale]
  return notice({
    tone: 'warn',
    title: words.unguarded,
    children: html`<p>${words.unguardedMore}</p>
      ${linkButton({ label: words.addFactor, href: '/account/security?next=%2Fadmin', tone: 'quiet' })}`,
  })
}

/** A form whose reason is recorded; buttons follow it. */
export function reasonForm(frame: Frame, action: string, id: string, more: Child): Html {
  const words = adminCopy[frame.locale]
  return deskForm({ action, frame }, [
    deskArea(frame, { name: 'because', id, label: words.because, hint: words.becauseMore, rows: 2 }),
    html`<div class="actions">${more}</div>`,
  ])
}
