import assert from 'node:assert/strict'
import { test } from 'node:test'
import { money } from '../base/money.ts'
import { instant } from '../base/time.ts'
import { bank } from './bank.ts'
import { channelContract } from './families/contract.ts'

const attempt = {
  organizationId: '00000000-0000-7000-8000-000000000001',
  id: '00000000-0000-7000-8000-000000000002',
  invoiceId: '00000000-0000-7000-8000-000000000003',
  invoiceNumber: 'WQBGPWRR',
  description: 'Plot 7 rates',
  channel: 'bank',
  amount: money(10_500n, 'KES'),
  payerPhone: null,
  state: 'started',
  open: true,
  outcome: null,
  providerId: null,
  detail: {},
  receipt: null,
  asks: 0,
  createdAt: instant(Date.UTC(2026, 10, 22, 9)),
} as const

for (const { says, holds } of channelContract(bank, { settings: {}, attempt, callbacks: [] }))
  test(says, holds)

test('a bank starts nothing: it says where to go, and its own confirmation is what pays', () => {
  const opened = bank.open({})
  assert.deepEqual(opened, { ok: true, value: {} })
  assert.match(bank.instructions?.en ?? '', /bill number/)
  assert.match(bank.instructions?.sw ?? '', /namba/i)
})
