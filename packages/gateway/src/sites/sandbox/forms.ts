import { no, ok, type Result } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { refusal, type Refusal, type RefusalCode } from '../../core/refusal.ts'
import type { Asked } from '../../http/asked.ts'
import { checkForm } from '../../http/csrf.ts'
import { bodyFields, queryFields, type Fields, type FieldsRefusal } from '../../http/fields.ts'
import { freshNonce, page } from '../../http/html.ts'
import type { Refuse } from '../../http/route.ts'
import { faultPage } from '../../pages/fault.ts'

export type FormNo = FieldsRefusal['code'] | 'form_expired'

/** Reads named texts, absent ones as empty. */
export type Texts = (name: string) => string

/** The fields of a form of ours: sent from this browser, by a page that we served. */
export function readForm(asked: Asked, deps: Deps): Result<Texts, Refusal<FormNo>> {
  const fields = bodyFields(asked)
  if (!fields.ok) return fields
  return checkForm(deps, asked, fields.value.get('csrf'))
    ? ok(texts(fields.value))
    : no(refusal('form_expired'))
}

export function readQuery(asked: Asked): Result<Texts, Refusal<FormNo>> {
  const fields = queryFields(asked)
  return fields.ok ? ok(texts(fields.value)) : fields
}

function texts(fields: Fields): Texts {
  return (name) => (fields.get(name) ?? '').trim()
}

export const refuse: Refuse<FormNo> = {
  form_expired: (_refusal, asked, deps) => fault(419, asked, deps),
  body_unreadable: (refused, asked, deps) => fault(400, asked, deps, refused),
  field_repeated: (refused, asked, deps) => fault(400, asked, deps, refused),
}

function fault(status: number, asked: Asked, deps: Deps, refused?: Refusal<RefusalCode>) {
  const nonce = freshNonce(deps)
  const more =
    refused?.because === undefined ? {} : { more: `${refused.field ?? ''} ${refused.because}`.trim() }
  const on = { href: '/sandbox', label: 'Sandbox' }
  return page(status, faultPage({ locale: 'en', nonce, status, id: asked.id, on, ...more }), { nonce })
}
