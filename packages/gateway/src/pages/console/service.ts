import type { Money } from '../../base/money.ts'
import { sayWhen } from '../account/when.ts'
import { servicesCopy } from '../copy/services.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskButton, deskField, deskForm, type Frame } from '../ui/desk.ts'
import { html, type Html } from '../ui/html.ts'
import { amount } from '../ui/money.ts'
import { notice } from '../ui/notice.ts'
import { plainly } from '../ui/said.ts'
import { facts } from '../ui/table.ts'
import { organizationPage, type DeskProps } from './frame.ts'
import {
  atService,
  feeFields,
  mayBill,
  sayFee,
  serviceBadge,
  type ServiceRow,
  type TypedFee,
} from './services.ts'

export type ServiceProps = DeskProps & {
  readonly service: ServiceRow
  readonly typed: TypedFee
  readonly example: { readonly net: Money; readonly fee: Money }
  readonly weakCode: boolean
}

/** One service: what it costs the payer, and what of it can be changed. */
export function servicePage(props: ServiceProps, frame: Frame): Html {
  const words = servicesCopy[frame.locale]
  const { service } = props
  return organizationPage(
    frame,
    props,
    { tab: 'services', title: plainly(service.name), notes: words.notes },
    html`${props.weakCode ? notice({ tone: 'warn', children: html`<p>${words.weakCode}</p>` }) : null}
      <div class="grid two">
        <div>${about(props, frame)} ${mayBill(props) ? onOff(props, frame) : null}</div>
        <div>${mayBill(props) ? settings(props, frame) : null}</div>
      </div>`,
  )
}

function about({ service, example }: ServiceProps, frame: Frame): Html {
  const { locale } = frame
  const words = servicesCopy[locale]
  const { net, fee } = example
  const whole = { ...net, minor: net.minor + fee.minor }
  return card(
    {},
    facts([
      [words.code, html`<code>${service.code}</code>`],
      [words.currency, service.currency],
      [words.fee, sayFee(service, frame)],
      [words.example, html`${amount(locale, net)} → ${amount(locale, whole)}`],
      [words.state, serviceBadge(service, frame)],
      [words.madeAt, sayWhen(locale, service.createdAt)],
    ]),
  )
}

function settings(props: ServiceProps, frame: Frame): Html {
  const words = servicesCopy[frame.locale]
  const { service, typed } = props
  return card(
    { title: words.settings, id: 'settings' },
    html`<p class="soft">${words.settingsMore}</p>
      ${deskForm({ action: atService(props, service.code), frame }, [
        deskField(frame, {
          name: 'name',
          label: words.name,
          hint: words.nameMore,
          value: service.name,
          maxlength: 100,
        }),
        ...feeFields(typed, frame),
        button({ label: words.save }),
      ])}`,
  )
}

function onOff(props: ServiceProps, frame: Frame): Html {
  const words = servicesCopy[frame.locale]
  const { code, pausedAt } = props.service
  const action = atService(props, code, '/switch')
  return pausedAt === null
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
