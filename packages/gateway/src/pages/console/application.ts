import { sayWhen } from '../account/when.ts'
import { applicationsCopy } from '../copy/applications.ts'
import { button } from '../ui/button.ts'
import type { ApplicationProps } from './application-props.ts'
import { settings } from './application-settings.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskForm, deskSelect, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { plainly } from '../ui/said.ts'
import { notice } from '../ui/notice.ts'
import { facts } from '../ui/table.ts'
import { atApplication, logo, logoField, mayBuild, stateBadge, warned } from './applications.ts'
import { organizationPage } from './frame.ts'

/** One application: what it is, its secrets, a try of its flow, and all that can be changed of it. */
export function applicationPage(props: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { listed, application } = props
  return organizationPage(
    frame,
    props,
    { tab: 'applications', title: plainly(application.name), notes: words.notes },
    html`${
        listed.suspendedAt === null
          ? null
          : notice({
              tone: 'bad',
              children: html`<p>${words.suspendedBecause(plainly(listed.suspendedBecause ?? ''))}</p>`,
            })
      }
      ${warned(props.warnings, frame)}
      <div class="grid two">
        <div>${about(props, frame)} ${secrets(props, frame)}</div>
        <div>
          ${mayBuild(props) ? [tryIt(props, frame), picture(props, frame), onOff(props, frame)] : null}
        </div>
      </div>
      ${mayBuild(props) ? settings(props, frame) : null}`,
  )
}

function about({ listed, application }: ApplicationProps, frame: Frame): Html {
  const { locale } = frame
  const words = applicationsCopy[locale]
  const addresses = application.redirectUris.map((uri) => html`<div><code>${uri}</code></div>`)
  return card(
    {},
    facts([
      [words.clientId, html`<code>${application.clientId}</code>`],
      [words.kind, words.kindWords[application.kind]],
      [words.state, stateBadge(listed, frame)],
      [words.redirects, addresses],
      [words.madeAt, sayWhen(locale, listed.createdAt)],
    ]),
  )
}

function secrets(props: ApplicationProps, frame: Frame): Child {
  const { locale } = frame
  const words = applicationsCopy[locale]
  const { application } = props
  const isSecret =
    (application.kind === 'web' || application.kind === 'machine') &&
    application.authMethod !== 'private_key_jwt'
  if (!isSecret) return card({ title: words.secrets }, html`<p>${words.noSecret}</p>`)
  return card(
    { title: words.secrets, id: 'secrets' },
    html`<p class="soft">${words.secretsMore}</p>
      <ul>
        ${props.secrets.map(
          ({ createdAt, retiresAt }) =>
            html`<li>
              ${words.secretOf(sayWhen(locale, createdAt))},
              ${retiresAt === null ? words.noEnd : words.ends(sayWhen(locale, retiresAt))}
            </li>`,
        )}
      </ul>
      ${
        mayBuild(props)
          ? deskForm({ action: atApplication(props, application.clientId, '/secret'), frame }, [
              deskSelect(frame, {
                name: 'overlap',
                label: words.overlap,
                value: 'a day',
                choices: overlaps.map((value) => ({ value, label: words.overlaps[value] })),
              }),
              button({ label: words.rotateGo, tone: 'quiet' }),
            ])
          : null
      }`,
  )
}

const overlaps = ['at once', 'an hour', 'a day', 'a week'] as const

function tryIt(props: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { tryAt, firstCall } = props
  const action = atApplication(props, props.application.clientId, '/try')
  return card(
    { title: words.try, id: 'try' },
    tryAt === null
      ? html`<p>${words.tryNot}</p>
          <pre class="wrap" tabindex="0"><code>${firstCall}</code></pre>`
      : html`<p class="soft">${words.tryMore}</p>
          ${tryAt.registered ? null : html`<p>${words.tryRegisters(tryAt.uri)}</p>`}
          ${deskButton({ action, frame }, {}, button({ label: words.tryGo }))}`,
  )
}

function picture(props: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { listed } = props
  const action = atApplication(props, listed.clientId, '/logo')
  return card(
    { title: words.logo },
    html`<p>${listed.hasLogo ? logo(listed.clientId) : words.noLogo}</p>
      ${deskForm({ action, frame, files: true }, [logoField(frame), button({ label: words.setLogo, tone: 'quiet' })])}
      ${
        listed.hasLogo
          ? deskButton(
              { action, frame },
              { remove: 'on' },
              button({ label: words.removeLogo, tone: 'danger' }),
            )
          : null
      }`,
  )
}

function onOff(props: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { listed } = props
  const action = atApplication(props, listed.clientId, '/switch')
  return listed.pausedAt === null
    ? card(
        { title: words.pause },
        html`<p class="soft">${words.pauseMore}</p>
          ${deskButton({ action, frame }, { on: 'no' }, button({ label: words.pause, tone: 'danger' }))}`,
      )
    : card(
        { title: words.resume },
        deskButton({ action, frame }, { on: 'yes' }, button({ label: words.resume })),
      )
}
