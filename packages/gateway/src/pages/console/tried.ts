import { applicationsCopy } from '../copy/applications.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, type Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { facts } from '../ui/table.ts'
import { atApplication } from './applications.ts'
import { organizationPage, type DeskProps } from './frame.ts'

export type TriedProps = DeskProps & {
  readonly clientId: string
  readonly outcome:
    | {
        readonly kind: 'worked'
        readonly how: {
          readonly asked: 'pushed' | 'plain'
          readonly provedBy: 'secret' | 'key' | 'none'
          /** Thumbprint of the key that the tokens are bound to. */
          readonly boundTo: string | null
        }
        /** Names of the answer with their values; tokens masked. */
        readonly given: readonly (readonly [name: string, value: string])[]
        /** JSON texts. */
        readonly claims: string | null
        readonly userInfo: string | null
      }
    | { readonly kind: 'failed'; readonly why: string }
}

/** How a try of the flow ended. */
export function triedPage(props: TriedProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { outcome, clientId } = props
  const again = deskButton(
    { action: atApplication(props, clientId, '/try'), frame },
    {},
    button({ label: words.again, tone: 'quiet' }),
  )
  return organizationPage(
    frame,
    props,
    { tab: 'applications', title: outcome.kind === 'worked' ? words.tried : words.triedNot },
    html`${
      outcome.kind === 'failed'
        ? notice({ tone: 'bad', children: html`<p lang="en">${outcome.why}</p>` })
        : html`${card({ title: words.how }, how(outcome.how, frame))}
          ${card({ title: words.tokens }, facts(outcome.given.map(([name, value]) => [name, html`<code>${value}</code>`])))}
          ${json(words.claims, outcome.claims)} ${json(words.userInfo, outcome.userInfo)}`
    }
    ${actions(linkButton({ label: words.back, href: atApplication(props, clientId) }), again)}`,
  )
}

type How = Extract<TriedProps['outcome'], { readonly kind: 'worked' }>['how']

function how({ asked, provedBy, boundTo }: How, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  return facts([
    [words.howAsked, words.askedBy[asked]],
    [words.howProved, words.provedBy[provedBy]],
    [words.howBound, boundTo === null ? words.bearer : words.boundTo(boundTo)],
  ])
}

function json(title: string, text: string | null): Html | null {
  return text === null
    ? null
    : card({ title }, html`<pre class="wrap" tabindex="0"><code>${text}</code></pre>`)
}
