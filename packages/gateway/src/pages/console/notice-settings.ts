import type { Instant } from '../../base/time.ts'
import { sayWhen } from '../account/when.ts'
import { noticeSettingsCopy } from '../copy/notice-settings.ts'
import { noticesCopy } from '../copy/notices.ts'
import { actions, button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskField, deskForm, deskSelect, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice as message } from '../ui/notice.ts'
import { table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

export type NoticeSettingsProps = DeskProps & {
  readonly address: string | null
  readonly registered: boolean
  readonly origins: readonly string[]
  readonly secrets: readonly {
    readonly createdAt: Instant
    readonly retiresAt: Instant | null
  }[]
  readonly hosts: readonly {
    readonly origin: string
    readonly failures: number
    readonly restsUntil: Instant | null
  }[]
  readonly closed: readonly { readonly address: string; readonly since: Instant }[]
  readonly mayChangeAddress: boolean
  readonly mayRotate: boolean
}

/** Where an organization's notices go, what signs them, and how their hosts are. */
export function noticeSettingsPage(props: NoticeSettingsProps, frame: Frame): Html {
  const words = noticeSettingsCopy[frame.locale]
  const { organization } = props
  return organizationPage(
    frame,
    props,
    { tab: 'notices', title: words.title, notes: noticesCopy[frame.locale].notes },
    html`<p><a href="${atOrganization(organization.id, '/notices')}">← ${words.back}</a></p>
      <div class="grid two">${address(props, frame)} ${secrets(props, frame)}</div>
      ${hosts(props, frame)} ${closed(props, frame)}`,
  )
}

export function atNoticeSettings(organizationId: string, path = ''): string {
  return atOrganization(organizationId, `/notices/settings${path}`)
}

function address(props: NoticeSettingsProps, frame: Frame): Html {
  const words = noticeSettingsCopy[frame.locale]
  const { organization, origins, registered, mayChangeAddress } = props
  const known = origins.length === 0 ? words.noOrigins : origins.join(', ')
  return card(
    { title: words.address, id: 'address' },
    html`<p class="soft">${words.addressMore}</p>
      ${registered ? null : message({ tone: 'warn', children: html`<p>${words.unregistered}</p>` })}
      ${
        mayChangeAddress
          ? deskForm({ action: atNoticeSettings(organization.id, '/address'), frame }, [
              deskField(frame, {
                name: 'address',
                label: words.addressLabel,
                hint: words.addressHint(known),
                value: props.address ?? '',
                optional: 'said',
                maxlength: 2000,
              }),
              button({ label: words.save }),
            ])
          : props.address === null
            ? html`<p>${words.noAddress}</p>`
            : html`<p><code>${props.address}</code></p>`
      }`,
  )
}

function secrets(props: NoticeSettingsProps, frame: Frame): Html {
  const { locale } = frame
  const words = noticeSettingsCopy[locale]
  return card(
    { title: words.secrets, id: 'secrets' },
    html`<p class="soft">${words.secretsMore}</p>
      ${
        props.secrets.length === 0
          ? html`<p>${words.noSecrets}</p>`
          : html`<ul>
              ${props.secrets.map(
                ({ createdAt, retiresAt }) =>
                  html`<li>
                    ${words.made(sayWhen(locale, createdAt))},
                    ${retiresAt === null ? words.noEnd : words.ends(sayWhen(locale, retiresAt))}
                  </li>`,
              )}
            </ul>`
      }
      ${
        props.mayRotate
          ? deskForm({ action: atNoticeSettings(props.organization.id, '/secret'), frame }, [
              deskSelect(frame, {
                name: 'overlap',
                label: words.overlap,
                value: 'a day',
                choices: overlaps.map((value) => ({ value, label: words.overlaps[value] })),
              }),
              button({ label: words.rotate, tone: 'quiet' }),
            ])
          : html`<p class="small soft">${words.mayNotRotate}</p>`
      }`,
  )
}

const overlaps = ['at once', 'an hour', 'a day', 'a week'] as const

function hosts(props: NoticeSettingsProps, { locale }: Frame): Html {
  const words = noticeSettingsCopy[locale]
  return html`<h2>${words.hosts}</h2>
    ${table({
      caption: '',
      rows: props.hosts,
      empty: words.noHosts,
      columns: [
        { head: words.host, cell: ({ origin }) => html`<code>${origin}</code>` },
        {
          head: words.health,
          cell: ({ failures, restsUntil }) =>
            html`<span class="badge ${failures === 0 ? 'good' : 'bad'}"
                >${failures === 0 ? words.well : words.failed(failures)}</span
              >
              ${restsUntil === null ? null : html`<div class="small soft">${words.rests(sayWhen(locale, restsUntil))}</div>`}`,
        },
      ],
    })}`
}

function closed(props: NoticeSettingsProps, { locale }: Frame): Child {
  const words = noticeSettingsCopy[locale]
  if (props.closed.length === 0) return null
  return html`<h2>${words.closed}</h2>
    <p class="soft">${words.closedMore}</p>
    <ul>
      ${props.closed.map(
        (one) => html`<li><code>${one.address}</code>, ${words.since(sayWhen(locale, one.since))}</li>`,
      )}
    </ul>`
}

export type WebhookSecretShown = DeskProps & { readonly secret: string }

/** The one page that ever shows a secret for notices. */
export function webhookSecretPage(props: WebhookSecretShown, frame: Frame): Html {
  const words = noticeSettingsCopy[frame.locale]
  return organizationPage(
    frame,
    props,
    { tab: 'notices', title: words.rotated },
    card(
      { kind: 'gate' },
      html`<p>${words.once}</p>
        <h2>${words.secret}</h2>
        <p><code class="secret" id="secret">${props.secret}</code></p>
        ${actions(linkButton({ label: words.done, href: atNoticeSettings(props.organization.id) }))}`,
    ),
  )
}
