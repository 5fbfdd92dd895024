/** A value, or a refusal. Refusals are answers that somebody expects; faults are thrown. */
export type Result<Value, Refusal> = Ok<Value> | No<Refusal>
export type Ok<Value> = { readonly ok: true; readonly value: Value }
export type No<Refusal> = { readonly ok: false; readonly refusal: Refusal }

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value }
}

export function no<Refusal>(refusal: Refusal): No<Refusal> {
  return { ok: false, refusal }
}
