import { actsList, type ActsProps } from '../acts.ts'
import { adminCopy } from '../copy/admin.ts'
import { linkButton } from '../ui/button.ts'
import { html, type Html } from '../ui/html.ts'
import { adminPage, type AdminFrame } from './frame.ts'

export type TrailProps = ActsProps & { readonly jsonHref: string; readonly csvHref: string }

export function trailPage(props: TrailProps, frame: AdminFrame): Html {
  const words = adminCopy[frame.locale]
  return adminPage(
    frame,
    'acts',
    words.tabs.acts,
    html`<p class="lead">${words.actsLead}</p>
      ${actsList(props, frame)}
      <div class="actions">
        ${linkButton({ label: words.json, href: props.jsonHref, tone: 'quiet' })}
        ${linkButton({ label: words.csv, href: props.csvHref, tone: 'quiet' })}
      </div>`,
  )
}
