import { ok } from '../../base/result.ts'
import { randomHex } from '../../base/secret.ts'
import { formatNairobi } from '../../base/time.ts'
import type { Deps } from '../../core/deps.ts'
import { route, type Route } from '../../http/route.ts'
import { bankPage, bankDeeds, type BankDeed, type Exchange, type Slip } from '../../pages/sandbox/bank.ts'
import { readForm, readQuery, refuse, type FormNo, type Texts } from './forms.ts'
import type { SandboxOptions } from './options.ts'
import { show } from './show.ts'
import { parse } from './simulators.ts'
import { workHash } from './work-hash.ts'

type Counter = { readonly slip: Slip; readonly exchange: Exchange | null }
type Ordered = { readonly slip: Slip; readonly deed: BankDeed }

/** The cashier's page. It sends what a bank sends, to our public address, as the demo bank: no shortcut inside. */
export function bankRoutes(options: SandboxOptions): readonly Route[] {
  return [
    route<Texts, Counter, FormNo>('GET', '/sandbox/bank', {
      budget: 'page',
      parse: readQuery,
      run: (deps, query) => Promise.resolve(ok({ slip: freshSlip(deps, query), exchange: null })),
      print: (counter, asked, deps) => show(deps, asked, (props) => bankPage({ ...props, ...counter })),
      refuse,
    }),
    route<Ordered, Counter, FormNo>('POST', '/sandbox/bank', {
      budget: 'page',
      parse: (asked, deps) => {
        const form = readForm(asked, deps)
        if (!form.ok) return form
        const deed = bankDeeds.find((each) => each === form.value('deed')) ?? 'validate'
        return ok({ slip: slipOf(form.value), deed })
      },
      run: async (deps, ordered) => ok({ slip: ordered.slip, exchange: await send(deps, options, ordered) }),
      print: (counter, asked, deps) => show(deps, asked, (props) => bankPage({ ...props, ...counter })),
      refuse,
    }),
  ]
}

function freshSlip(deps: Deps, query: Texts): Slip {
  return {
    ref_no: query('ref_no'),
    amount: query('amount') === '' ? '105.00' : query('amount'),
    gateway_transaction_id: `SB${randomHex(deps.chance, 5).toUpperCase()}`,
    gateway_transaction_date: formatNairobi(deps.clock.now()),
    customer_name: 'Wanjiku Kamau',
    customer_account_number: '1100220033',
  }
}

function slipOf(text: Texts): Slip {
  return {
    ref_no: text('ref_no'),
    amount: text('amount'),
    gateway_transaction_id: text('gateway_transaction_id'),
    gateway_transaction_date: text('gateway_transaction_date'),
    customer_name: text('customer_name'),
    customer_account_number: text('customer_account_number'),
  }
}

async function send(
  deps: Deps,
  { bank, recipes }: SandboxOptions,
  { slip, deed }: Ordered,
): Promise<Exchange> {
  const kind = deed === 'validate' ? 'validate' : 'confirm'
  const values: Readonly<Record<string, string>> = {
    api_client_id: bank.apiClientId,
    currency: 'KES',
    ...slip,
  }
  const hash = workHash(deps, values, { fields: recipes[kind], keys: bank, given: null })
  const body = {
    ...(kind === 'validate'
      ? { api_client_id: bank.apiClientId, ref_no: slip.ref_no, currency: 'KES', amount: slip.amount }
      : values),
    // Well formed and wrong: one character of the right one is another.
    secure_hash: deed === 'wrong-hash' ? spoiled(hash.base64) : hash.base64,
  }
  const url = `${deps.publicUrl}/api/payment/${kind}`
  const answered = await deps.net.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    timeoutMs: 20_000,
    maxBytes: 256 * 1024,
    trust: 'configured',
  })
  return {
    url,
    sent: JSON.stringify(body, null, 2),
    hash,
    answer:
      answered.kind === 'answer'
        ? { status: answered.status, body: readable(new TextDecoder().decode(answered.body)) }
        : { because: answered.because },
  }
}

function spoiled(hash: string): string {
  return hash.startsWith('Z') ? `Y${hash.slice(1)}` : `Z${hash.slice(1)}`
}

/** JSON indented; anything else as it came. */
export function readable(text: string): string {
  const value = parse(text)
  return value === null ? text : JSON.stringify(value, null, 2)
}
