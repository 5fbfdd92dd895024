import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locale, Words } from '../base/locale.ts'
import { money } from '../base/money.ts'
import { instant } from '../base/time.ts'
import { checkoutPage } from './checkout.ts'
import type { CheckoutProps, CheckoutView, Trouble, Try, Way } from './checkout-view.ts'

const now = instant(Date.UTC(2026, 2, 1, 9, 30))
const said = (en: string, sw = en, fr = en): Words => ({ en, sw, fr })
const kes = (minor: bigint) => money(minor, 'KES')

const push: Way = {
  id: 'push',
  label: said('Pesa Push'),
  asks: [{ name: 'phone', label: said('Your phone', 'Simu yako'), hint: said('Like 0712 345 678.') }],
  carries: () => ({ ok: true }),
  advice: { cancelled: said('You cancelled it.', 'Uliighairi.') },
}
const counter: Way = {
  id: 'counter',
  label: said('Counter'),
  asks: [],
  instructions: said('Go to any branch.'),
  carries: () => ({ ok: true }),
  advice: {},
}
const bill: CheckoutView = {
  organizationName: 'Ministry of Gates',
  invoiceNumber: 'GWKRDPTA',
  reference: 'PLOT-7',
  description: 'Land rates',
  expected: kes(10_500n),
  paid: kes(0n),
  outstanding: kes(10_500n),
  state: 'pending',
  successUrl: 'https://shop.example/paid?order=7',
  hasPicture: false,
  payerPhone: '',
  channels: [push, counter],
  attempt: null,
  payments: [],
  now,
}
const tried: Try = {
  channel: 'push',
  state: 'waiting',
  open: true,
  outcome: null,
  startedAt: instant(now.epochMs - 5_000),
  asks: 0,
}
const arrived = {
  reference: 'TKL4R7PQ2M',
  amount: kes(10_500n),
  applied: kes(10_500n),
  channel: 'Pesa',
  paidAt: instant(now.epochMs - 5_000),
}
const settled: CheckoutView = {
  ...bill,
  state: 'settled',
  paid: kes(10_500n),
  outstanding: kes(0n),
  payments: [arrived],
}

type Shown = { readonly locale?: Locale; readonly trouble?: Trouble; readonly atTop?: boolean }

function show(view: Partial<CheckoutView>, { locale = 'en', trouble, atTop = true }: Shown = {}): string {
  const props: CheckoutProps = {
    locale,
    view: { ...bill, ...view },
    base: 'https://pay.example',
    requestId: 'd8HbuZT_0nO3XLjH7nRy',
    token: 'token-1',
    ...(trouble === undefined ? {} : { trouble }),
  }
  return String(
    checkoutPage(props, { nonce: 'n0nce', sandbox: false, origins: ['https://shop.example'], atTop }),
  )
}

/** What a reader sees: tags out, blanks folded. */
function textOf(page: string): string {
  return page
    .replaceAll(/<(script|style|noscript)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
}

test('a bill shows its payee, amount, purpose, number and each way to pay', () => {
  const text = textOf(show({}))
  for (const shown of [
    'Ministry of Gates',
    'KES 105.00',
    'Land rates',
    'GWKRDPTA',
    'Pesa Push',
    'Counter',
    'Go to any branch.',
  ]) {
    assert.ok(text.includes(shown), shown)
  }
})

test('a way that no page knows is asked for what it says in data', () => {
  const shells: Way = {
    ...push,
    id: 'shells',
    label: said('Cowrie shells'),
    asks: [{ ...push.asks[0], name: 'phone', label: said('Your reef'), hint: said('Any.') }],
  }
  const page = show({ channels: [shells] })
  assert.match(page, /name="channel" value="shells"/)
  assert.ok(textOf(page).includes('Your reef'))
  assert.ok(textOf(page).includes('Pay KES 105.00 with Cowrie shells'))
})

test('a way that cannot carry the outstanding amount is not offered', () => {
  const page = show({ channels: [{ ...push, carries: () => ({ ok: false }) }, counter] })
  assert.doesNotMatch(page, /name="channel" value="push"/)
  assert.ok(textOf(page).includes('Go to any branch.'))
  assert.ok(textOf(show({ channels: [] })).includes('cannot be paid here now'))
})

test('every address on the page is absolute, because merchants show it from their own origin', () => {
  for (const view of [{ hasPicture: true }, { attempt: tried }, settled]) {
    const addresses = [...show(view).matchAll(/\s(?:href|src|action|data-events|data-page)="([^"]*)"/g)]
    assert.ok(addresses.length > 4)
    for (const [, address = ''] of addresses)
      assert.match(address, /^(https:\/\/(pay|shop)\.example\/|#main$)/)
  }
})

test('the stages say what was done and whom we wait for', () => {
  const stages: readonly (readonly [Partial<Try>, string])[] = [
    [{ state: 'started' }, 'Asking Pesa Push'],
    [{ state: 'waiting' }, 'We asked your phone: approve it there'],
    [{ state: 'unknown' }, 'No answer yet: we are asking Pesa Push'],
    [{ state: 'waiting', asks: 1 }, 'No answer yet: we are asking Pesa Push'],
    [
      { state: 'waiting', startedAt: instant(now.epochMs - 61_000) },
      'No answer yet: we are asking Pesa Push',
    ],
  ]
  for (const [more, shown] of stages) {
    const page = show({ attempt: { ...tried, ...more } })
    assert.ok(textOf(page).includes(shown), shown)
    assert.match(
      page,
      /<noscript>\s*<meta http-equiv="refresh" content="5; url=https:\/\/pay\.example\/checkout\?/,
    )
  }
})

test('while a try is open its way is not offered again; other ways only when it takes long', () => {
  assert.doesNotMatch(show({ attempt: tried }), /<form/)
  const slow = show({ attempt: { ...tried, state: 'unknown' } })
  assert.doesNotMatch(slow, /name="channel" value="push"/)
  assert.ok(textOf(slow).includes('Go to any branch.'))
})

test('a try that its provider calls paid without a receipt asks nobody to pay again', () => {
  const page = show({ attempt: { ...tried, state: 'unknown', outcome: 'paid-without-receipt', asks: 2 } })
  assert.ok(textOf(page).includes('Pesa Push says that it is paid: we wait for its receipt'))
  assert.doesNotMatch(page, /<details|<form/)
})

test('a failed try shows the advice of its channel and no second one, and can be tried again', () => {
  const page = show({ attempt: { ...tried, state: 'failed', open: false, outcome: 'cancelled' } })
  assert.ok(textOf(page).includes('You cancelled it.'))
  assert.ok(!textOf(page).includes('Try again, or choose another way.'))
  const unknown = show({ attempt: { ...tried, state: 'failed', open: false, outcome: 'never-heard-of' } })
  assert.ok(textOf(unknown).includes('The payment did not go through. Try again, or choose another way.'))
  assert.match(page, /name="channel" value="push"/)
})

test('a try that nobody could clear up does not claim that nothing was paid', () => {
  const text = textOf(show({ attempt: { ...tried, state: 'unknown', open: false } }))
  assert.ok(text.includes('We could not find out whether it was paid'))
  assert.ok(!text.includes('Nothing was paid'))
})

test('a part payment shows what is still to pay, and asks for that', () => {
  const part = { ...arrived, amount: kes(4_000n), applied: kes(4_000n) }
  const text = textOf(
    show({ state: 'partial', paid: kes(4_000n), outstanding: kes(6_500n), payments: [part] }),
  )
  for (const shown of [
    'KES 40.00 has arrived',
    'KES 65.00 is still to pay',
    'TKL4R7PQ2M',
    'Pay KES 65.00 with Pesa Push',
  ]) {
    assert.ok(text.includes(shown), shown)
  }
})

test('[money 23] a receipt shows what came beyond the bill as the payer’s credit', () => {
  const text = textOf(
    show({ ...settled, payments: [arrived, { ...arrived, reference: 'TKL4R7PQ2N', applied: kes(0n) }] }),
  )
  assert.ok(text.includes('KES 105.00 came on top of what was owed'))
  assert.ok(!textOf(show(settled)).includes('on top of what was owed'))
})

test('a settled bill leads back with its query string kept: by link out of a frame, by itself at the top', () => {
  const page = show(settled)
  assert.match(page, /href="https:\/\/shop\.example\/paid\?order=7"[^>]*target="_top"/)
  assert.match(page, /http-equiv="refresh" content="8; url=https:\/\/shop\.example\/paid\?order=7"/)
  assert.doesNotMatch(show(settled, { atTop: false }), /http-equiv="refresh"/)
})

test('who opens an old receipt is not sent away by a script', () => {
  assert.match(show(settled), /data-by-itself/)
  const old = { ...arrived, paidAt: instant(now.epochMs - 3_600_000) }
  assert.doesNotMatch(show({ ...settled, payments: [old] }), /data-by-itself/)
})

test('[money 41] an address that is none of the web is never linked', () => {
  for (const successUrl of ['javascript:alert(1)', 'data:text/html,x', '']) {
    assert.doesNotMatch(show({ ...settled, successUrl }), /javascript:|data:text|id="continue"/)
  }
})

test('[money 85] the merchant’s picture address is not on the page: the picture is served by us', () => {
  assert.match(
    show({ hasPicture: true }),
    /<img[^>]+src="https:\/\/pay\.example\/checkout\/picture\?request_id=/,
  )
  assert.doesNotMatch(show({}), /<img/)
})

test('[money 86] markup in a description is text, and direction controls are gone', () => {
  const page = show({
    organizationName: '<script>alert(1)</script>',
    description: '\u202Egnp.exe\u2066 <img src=x onerror=alert(1)> 🎉',
  })
  assert.doesNotMatch(page, /<script>alert|<img src=x|[\u202a-\u202e\u2066-\u2069]/)
  assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt; 🎉'))
})

test('[money 90] a form carries what makes it good for one try only', () => {
  assert.match(show({}), /name="token" value="token-1"/)
})

test('a phone number that cannot be asked is named at its field, with what was typed', () => {
  const page = show({}, { trouble: { kind: 'phone_invalid', channel: 'push', phone: '07 "x' } })
  assert.match(page, /value="07 &quot;x"/)
  assert.match(page, /aria-invalid="true"/)
  assert.ok(textOf(page).includes('no phone number that can be asked'))
})

test('Swahili readers get every word in Swahili', () => {
  const text = textOf(
    show({ attempt: { ...tried, state: 'failed', open: false, outcome: 'cancelled' } }, { locale: 'sw' }),
  )
  for (const shown of ['Lipa', 'Namba ya bili', 'Hakuna kilicholipwa', 'Uliighairi.', 'Simu yako']) {
    assert.ok(text.includes(shown), shown)
  }
  assert.match(show({}, { locale: 'sw' }), /<html lang="sw">/)
})

test('bills that take no money say so and offer no way to pay', () => {
  for (const [state, shown] of [
    ['cancelled', 'was cancelled'],
    ['expired', 'time to pay this bill is over'],
  ] as const) {
    const page = show({ state })
    assert.ok(textOf(page).includes(shown), state)
    assert.doesNotMatch(page, /<form/)
  }
})
