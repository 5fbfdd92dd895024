import type { Dialect } from './dialect.ts'
import { ecitizenDialect } from './ecitizen/dialect.ts'
import type { ShowPage } from './pesaflow/checkout.ts'
import { pesaflowDialect } from './pesaflow/dialect.ts'
import { standardDialect } from './standard/dialect.ts'

/** The languages that we speak. A new one is a folder here and a line below. */
export function dialects(showPage: ShowPage): readonly Dialect[] {
  return [standardDialect, ecitizenDialect, pesaflowDialect(showPage)]
}
