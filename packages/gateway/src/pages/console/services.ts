import type { Instant } from '../../base/time.ts'
import type { Currency } from '../../base/money.ts'
import { sayWhen } from '../account/when.ts'
import { servicesCopy } from '../copy/services.ts'
import { button, linkButton } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskArea, deskField, deskForm, deskSelect, pager, type Frame } from '../ui/desk.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { amount } from '../ui/money.ts'
import { said } from '../ui/said.ts'
import { table } from '../ui/table.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'

type Fee =
  | { readonly kind: 'none' }
  | { readonly kind: 'flat'; readonly fee: bigint }
  | {
      readonly kind: 'share'
      readonly basisPoints: number
      readonly least: bigint
      readonly most: bigint | null
    }
  | {
      readonly kind: 'tiers'
      readonly tiers: readonly { readonly upTo: bigint | null; readonly fee: bigint }[]
    }

export type ServiceRow = {
  readonly code: string
  readonly name: string
  readonly currency: Currency
  readonly feeRule: Fee
  readonly createdAt: Instant
  readonly pausedAt: Instant | null
}

export type ServicesProps = DeskProps & {
  readonly services: readonly ServiceRow[]
  readonly newest: string | null
  readonly older: string | null
}

export function atService({ organization }: DeskProps, code: string, path = ''): string {
  return atOrganization(organization.id, `/services/${code}${path}`)
}

export function mayBill({ role }: Pick<DeskProps, 'role'>): boolean {
  return role === 'owner' || role === 'finance'
}

/** What an organization bills for. */
export function servicesPage(props: ServicesProps, frame: Frame): Html {
  const { locale } = frame
  const words = servicesCopy[locale]
  const href = atOrganization(props.organization.id, '/services/new')
  return organizationPage(
    frame,
    props,
    { tab: 'services', notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${mayBill(props) ? html`<p>${linkButton({ label: words.new, href })}</p>` : null}
      ${table({
        caption: '',
        rows: props.services,
        empty: mayBill(props) ? words.none : words.noneToSee,
        columns: [
          {
            head: words.name,
            cell: ({ code, name }) => html`<a href="${atService(props, code)}">${said(name)}</a>`,
          },
          { head: words.code, cell: ({ code }) => html`<code>${code}</code>` },
          { head: words.fee, cell: (row) => sayFee(row, frame) },
          { head: words.state, cell: (row) => serviceBadge(row, frame) },
          { head: words.madeAt, cell: ({ createdAt }) => sayWhen(locale, createdAt) },
        ],
      })}
      ${pager(locale, props)}`,
  )
}

export function serviceBadge({ pausedAt }: Pick<ServiceRow, 'pausedAt'>, { locale }: Frame): Html {
  const words = servicesCopy[locale]
  return pausedAt === null
    ? html`<span class="badge good">${words.on}</span>`
    : html`<span class="badge soft">${words.paused}</span>`
}

/** What the payer pays on top, in words. */
export function sayFee({ feeRule, currency }: Pick<ServiceRow, 'feeRule' | 'currency'>, frame: Frame): Child {
  const words = servicesCopy[frame.locale]
  const say = (minor: bigint): Html => amount(frame.locale, { minor, currency })
  switch (feeRule.kind) {
    case 'none':
      return words.free
    case 'flat':
      return html`${say(feeRule.fee)} ${words.perBill}`
    case 'share': {
      const { basisPoints, least, most } = feeRule
      const percent = new Intl.NumberFormat(frame.locale, { maximumFractionDigits: 2 }).format(
        basisPoints / 100,
      )
      return html`${words.ofBill(percent)}${least === 0n ? null : html`, ${words.atLeast} ${say(least)}`}${
        most === null ? null : html`, ${words.atMost} ${say(most)}`
      }`
    }
    case 'tiers':
      return feeRule.tiers.map(
        ({ upTo, fee }) =>
          html`<div>${upTo === null ? words.above : html`${words.upTo} ${say(upTo)}`}: ${say(fee)}</div>`,
      )
  }
} // prettier-ignore -- a case a block

export type TypedFee = {
  readonly kind: string
  readonly flat: string
  readonly percent: string
  readonly least: string
  readonly most: string
  readonly tiers: string
}

/** The same fields for a new service and for one that is changed. What the chosen kind does not need is left aside. */
export function feeFields(typed: TypedFee, frame: Frame): readonly Html[] {
  const words = servicesCopy[frame.locale]
  const field = (name: 'flat' | 'percent' | 'least' | 'most', label: string): Html =>
    deskField(frame, {
      name,
      label,
      value: typed[name],
      inputmode: 'decimal',
      maxlength: 20,
      optional: 'said',
    })
  return [
    deskSelect(frame, {
      name: 'kind',
      label: words.feeKind,
      hint: words.feeMore,
      value: typed.kind,
      choices: (['none', 'flat', 'share', 'tiers'] as const).map((value) => ({
        value,
        label: words.kinds[value],
      })),
    }),
    field('flat', words.flat),
    html`<div class="grid three">
      ${field('percent', words.percent)} ${field('least', words.least)} ${field('most', words.most)}
    </div>`,
    deskArea(frame, {
      name: 'tiers',
      label: words.tiers,
      hint: words.tiersMore,
      value: typed.tiers,
      optional: 'said',
      rows: 3,
    }),
  ]
}

export type NewServiceProps = DeskProps & { readonly currencies: readonly string[] }

const freeOfFee: TypedFee = { kind: 'none', flat: '', percent: '', least: '', most: '', tiers: '' }

export function newServicePage(props: NewServiceProps, frame: Frame): Html {
  const words = servicesCopy[frame.locale]
  return organizationPage(
    frame,
    props,
    { tab: 'services', title: words.new, notes: words.notes },
    card(
      {},
      deskForm({ action: atOrganization(props.organization.id, '/services/new'), frame }, [
        deskField(frame, { name: 'name', label: words.name, hint: words.nameMore, maxlength: 100 }),
        deskSelect(frame, {
          name: 'currency',
          label: words.currency,
          hint: words.currencyMore,
          value: 'KES',
          choices: props.currencies.map((value) => ({ value, label: value })),
        }),
        ...feeFields(freeOfFee, frame),
        deskField(frame, {
          name: 'code',
          label: words.code,
          hint: words.codeMore,
          inputmode: 'numeric',
          maxlength: 10,
          optional: 'said',
        }),
        button({ label: words.create }),
      ]),
    ),
  )
}
