import { pesaflow } from '@lango/wire'
import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { findClientByKey } from '../../core/organization/find-client-by-key.ts'
import { refusal, type Refusal } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { allFields } from '../../http/fields.ts'
import { json } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { readForm } from '../dialect.ts'
import { bearerLives, mintBearer } from './bearer.ts'
import { tokenForm } from './forms.ts'
import { refuseWithError } from './refuse.ts'

type Code = keyof typeof refuseWithError
type Command = { readonly key: string; readonly secret: string }

/** Field-facts 2.6: key and secret for an hour's bearer token. Names of both worlds, because clients fall back. */
export const tokenRoutes: readonly Route[] = [
  route<Command, { readonly token: string }, Code>('POST', pesaflow.paths.token, {
    budget: 'secret',
    parse: (asked) => parse(asked),
    run: async (deps: Deps, command) => {
      const holder = await findClientByKey(deps, command)
      return holder === null ? no(refusal('credentials_invalid')) : ok({ token: mintBearer(deps, holder) })
    },
    print: ({ token }) => {
      const answer: pesaflow.TokenAnswer = {
        token,
        expiry: bearerLives,
        access_token: token,
        expires_in: bearerLives,
        token_type: 'Bearer',
      }
      return json(200, answer)
    },
    refuse: refuseWithError,
  }),
]

function parse(asked: Asked): Result<Command, Refusal<Code>> {
  const fields = allFields(asked)
  return fields.ok ? readForm(tokenForm, fields.value) : fields
}
