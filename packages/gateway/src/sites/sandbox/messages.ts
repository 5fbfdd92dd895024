import { ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { normalEmail } from '../../core/account/account.ts'
import { listMessages } from '../../core/message/list-messages.ts'
import { route, type Route } from '../../http/route.ts'
import { messagesPage, type Letter } from '../../pages/sandbox/messages.ts'
import { readQuery, refuse, type FormNo } from './forms.ts'
import { show } from './show.ts'

type Seen = { readonly to: string; readonly letters: readonly Letter[] }

/** What the gateway writes to people, where no mail server and no phone is: everybody's inbox in one. */
export function messageRoutes(): readonly Route[] {
  return [
    route<string, Seen, FormNo>('GET', '/sandbox/messages', {
      budget: 'page',
      parse: (asked) => {
        const query = readQuery(asked)
        return query.ok ? ok(query.value('to')) : query
      },
      run: async (deps, to) => ok({ to, letters: await listMessages(deps, addressOf(deps, to)) }),
      print: (seen, asked, deps) => show(deps, asked, (props) => messagesPage({ ...props, ...seen })),
      refuse,
    }),
  ]
}

function addressOf({ phones }: Pick<Deps, 'phones'>, typed: string): string | null {
  return typed === '' ? null : (phones.read(typed) ?? normalEmail(typed))
}
