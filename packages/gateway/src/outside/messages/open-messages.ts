import type { Messages, Net } from '../../core/ports.ts'
import { openSmsGateway, type SmsGateway } from './sms-gateway.ts'
import { openSmtp, type Smtp } from './smtp.ts'

const taken = { kind: 'sent' } as const
const uncarried = { kind: 'failed', because: 'no carrier is set', final: true } as const

/** Who carries messages to people; null where nobody does. */
export type Carriers = {
  readonly smtp: Smtp | null
  readonly sms: SmsGateway | null
}

export type OpenMessages = Messages & { readonly close: () => void }

/**
 * E-mail by SMTP and SMS by a gateway. In the sandbox whatever has no carrier is taken all the same, and read on the
 * page /sandbox/messages; in live mode what needs it says that it is not to be had.
 */
export function openMessages(
  { smtp, sms }: Carriers,
  { mode, net }: { readonly mode: 'sandbox' | 'live'; readonly net: Net },
): OpenMessages {
  const email = smtp === null ? null : openSmtp(smtp)
  const texts = sms === null ? null : openSmsGateway(sms, net)
  const has = { email: email !== null, sms: texts !== null }
  const nobody = () => Promise.resolve(mode === 'sandbox' ? taken : uncarried)
  return {
    carries: (medium) => mode === 'sandbox' || has[medium],
    sendEmail: email?.send ?? nobody,
    sendSms: texts ?? nobody,
    close: () => email?.close(),
  }
}
