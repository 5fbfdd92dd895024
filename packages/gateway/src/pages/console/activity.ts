import { actsList, type ActsProps } from '../acts.ts'
import { adminCopy } from '../copy/admin.ts'
import type { Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { organizationPage, type DeskProps } from './frame.ts'

export type ActivityProps = DeskProps & ActsProps

/** What was done in one organization, and by whom. */
export function activityPage(props: ActivityProps, frame: Frame): Html {
  const lead = html`<p class="lead">${adminCopy[frame.locale].orgActsLead}</p>`
  return organizationPage(frame, props, { tab: 'activity' }, [lead, actsList(props, frame)])
}
