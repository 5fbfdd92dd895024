/** Rules of the form in which people register where their programs are. */
import { originOf } from './organization.ts'

/** Why a text is no origin that may be registered, in one sentence that says what to mend; null when it is one. */
export function originFault(text: string, ours: string): string | null {
  if (text.includes('*')) return 'There are no wildcards: register each origin.'
  const origin = originOf(text)
  if (origin === null || text.length > 300)
    return 'Write scheme and host, and the port when it is not the usual one: https://shop.example'
  if (origin !== text) return `Write it as browsers do, without a path or a slash at the end: ${origin}`
  if (new URL(origin).hostname.endsWith('.')) return 'The host may not end with a dot.'
  if (origin === originOf(ours)) return 'That is this gateway itself. Register where your own pages are.'
  return plainFault(new URL(origin))
}

function plainFault({ protocol, hostname }: URL): string | null {
  const isOwnMachine = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'https:' || isOwnMachine
    ? null
    : 'Plain http only to your own machine while you develop; elsewhere https.'
}
