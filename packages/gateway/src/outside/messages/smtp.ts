import type { Transporter } from 'nodemailer'
import type { Sent } from '../../core/message/message.ts'
import type { Messages } from '../../core/ports.ts'

/** A mail server as `LANGO_SMTP_URL` names it, and who the letters are from. */
export type Smtp = { readonly url: string; readonly from: string }

/** Within the lease of a message (core/message/send-messages.ts), all steps together. */
const patience = { connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 15_000 } as const

type OpenSmtp = { readonly send: Messages['sendEmail']; readonly close: () => void }

/**
 * `smtps:` speaks TLS from the first byte and `smtp:` demands it by STARTTLS; `smtp:…?plain` goes without, for a relay on
 * the same machine or network. A few connections are kept open and used again.
 */
export function openSmtp({ url, from }: Smtp): OpenSmtp {
  let transport: Promise<Transporter> | null = null
  return {
    send: async ({ id, to, subject, text }) => {
      transport ??= openTransport(url)
      try {
        await (
          await transport
        ).sendMail({
          from,
          // As an object it is one address, whatever stands in it, and never a list.
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${hostOf(from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { kind: 'sent' }
      } catch (fault) {
        return failed(fault)
      }
    },
    close: () => {
      void transport?.then((open) => open.close())
    },
  }
}

/** nodemailer is loaded by the first letter, so that a start does not wait for it. */
async function openTransport(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  const isPlain = searchParams.has('plain')
  const secure = protocol === 'smtps:'
  return createTransport({
    pool: true,
    maxConnections: 3,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isPlain,
    ignoreTLS: isPlain,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...patience,
  })
}

/** The server's codes alone: its sentences repeat addresses. 5xx to a recipient is final (RFC 5321 section 4.2.1). */
function failed(fault: unknown): Sent {
  const { code, responseCode, command } = fault as {
    readonly code?: unknown
    readonly responseCode?: unknown
    readonly command?: unknown
  }
  const said = [code, responseCode, command].filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  )
  const isFinal = typeof responseCode === 'number' && responseCode >= 500 && code === 'EENVELOPE'
  return { kind: 'failed', because: `smtp ${said.join(' ')}`.trim(), final: isFinal }
}

function hostOf(from: string): string {
  return /@([^\s<>@]+)>?$/.exec(from.trim())?.[1] ?? 'localhost'
}
