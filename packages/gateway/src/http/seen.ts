import type { SeenRequest } from '../core/request-log/refused-request.ts'
import type { Asked, Pairs } from './asked.ts'
import { readBasic, readBearer } from './authorization.ts'
import { fieldsOf } from './fields.ts'
import { isJsonObject } from './json.ts'

/** A refused request as the request log looks at it, read leniently: it may have been refused for being unreadable. */
export function seenOf(asked: Asked): SeenRequest {
  const parameters = [...asked.query, ...bodyPairs(asked), ...credentialsIn(asked)]
  const valueOf = (name: string): string => parameters.find(([each]) => each === name)?.[1] ?? ''
  const basic = readBasic(asked)
  const known = basic.ok ? basic.value : null
  const bearer = readBearer(asked)
  const secret = valueOf('client_secret')
  const token = valueOf('token')
  return {
    id: asked.id,
    path: asked.path,
    parameters,
    clientId: known?.id ?? valueOf('client_id'),
    secret: known?.secret ?? (secret === '' ? null : secret),
    token: (bearer.ok ? bearer.value : null) ?? (token === '' ? null : token),
  }
}

function bodyPairs({ body }: Asked): Pairs {
  if (body.kind === 'form') return body.pairs
  return body.kind === 'json' && isJsonObject(body.value) ? [...fieldsOf(body.value)] : []
}

/** That there was a header, never what it held. */
function credentialsIn({ headers }: Asked): Pairs {
  return ['authorization', 'dpop']
    .filter((name) => headers[name] !== undefined)
    .map((name) => [`${name} (header)`, ''])
}
