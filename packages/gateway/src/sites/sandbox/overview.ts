import { ok } from '../../base/result.ts'
import { randomHex } from '../../base/secret.ts'
import type { Deps } from '../../core/deps.ts'
import { seeOther } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { overviewPage } from '../../pages/sandbox/overview.ts'
import { readable } from './bank.ts'
import { readForm, refuse, type FormNo } from './forms.ts'
import type { SandboxOptions } from './options.ts'
import { show } from './show.ts'
import { members, parse } from './simulators.ts'
import { workHash } from './work-hash.ts'

/** The page of the new bill, or what the interface said instead. */
type Made = { readonly link: string } | { readonly refused: string }

export function overviewRoutes(options: SandboxOptions): readonly Route[] {
  return [
    route<null, null, never>('GET', '/sandbox', {
      budget: 'page',
      parse: () => ok(null),
      run: () => Promise.resolve(ok(null)),
      print: (_nothing, asked, deps) => show(deps, asked, (props) => overviewPage({ ...props, ...options })),
      refuse: {},
    }),
    route<{ readonly amount: string }, Made, FormNo>('POST', '/sandbox/bill', {
      budget: 'page',
      parse: (asked, deps) => {
        const form = readForm(asked, deps)
        return form.ok ? ok({ amount: form.value('amount') }) : form
      },
      run: async (deps, { amount }) => ok(await makeBill(deps, options, amount)),
      print: (made, asked, deps) =>
        'link' in made
          ? seeOther(made.link)
          : show(deps, asked, (props) => overviewPage({ ...props, ...options, ...made })),
      refuse,
    }),
  ]
}

/** Raises a bill as the demo merchant does: a signed checkout over HTTP. Answers with the address of its page. */
async function makeBill(deps: Deps, { merchant, recipes }: SandboxOptions, amount: string): Promise<Made> {
  const fields: Readonly<Record<string, string>> = {
    apiClientID: merchant.apiClientId,
    serviceID: merchant.serviceCode,
    billDesc: 'Land rates 2026, plot 14/207',
    currency: 'KES',
    billRefNumber: `DEMO-${randomHex(deps.chance, 4).toUpperCase()}`,
    clientMSISDN: '254700000000',
    clientName: 'Wanjiku Kamau',
    clientIDNumber: 'A123456',
    clientEmail: 'wanjiku@example.com',
    callBackURLOnSuccess: merchant.successUrl,
    notificationURL: merchant.notificationUrl,
    amountExpected: amount,
    format: 'json',
  }
  const hash = workHash(deps, fields, { fields: recipes.checkout, keys: merchant, given: null })
  const answered = await deps.net.send({
    method: 'POST',
    url: `${deps.publicUrl}/api/PaymentAPI/checkout`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ ...fields, secureHash: hash.base64 }),
    timeoutMs: 10_000,
    maxBytes: 256 * 1024,
    trust: 'configured',
  })
  if (answered.kind !== 'answer') return { refused: answered.because }
  const body = new TextDecoder().decode(answered.body)
  const link = members(parse(body))['invoice_link']
  return typeof link === 'string' && answered.status === 200
    ? { link }
    : { refused: `${answered.status}\n${readable(body)}` }
}
