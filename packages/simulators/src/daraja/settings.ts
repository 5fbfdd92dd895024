/** A merchant as Daraja knows it. `partyB` is the paybill itself, or the till under a store's short code. */
export type ShortCode = {
  readonly shortCode: string
  readonly partyB: string
  readonly kind: 'paybill' | 'till'
  readonly passkey: string
  /** The name that the phone shows. */
  readonly payee: string
}

export type DarajaSettings = {
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly shortCodes: readonly ShortCode[]
  /** How long a prompt stays on the phone. */
  readonly promptLivesMs: number
  /** How long after the prompt a magic number answers. */
  readonly answerAfterMs: number
  /** How long after its first callback a magic number contradicts itself, or a duplicate follows. */
  readonly laterAfterMs: number
  /** Within what time the same amount from the same customer counts as the same again. */
  readonly similarWithinMs: number
}

/** What a fresh simulator knows. The credentials open nothing but a simulator and are no secret. */
export const defaultSettings: DarajaSettings = {
  consumerKey: 'sandbox-consumer-key',
  consumerSecret: 'sandbox-consumer-secret',
  shortCodes: [
    {
      shortCode: '174379',
      partyB: '174379',
      kind: 'paybill',
      passkey: 'sandbox-passkey',
      payee: 'LANGO SANDBOX',
    },
    {
      shortCode: '600981',
      partyB: '400222',
      kind: 'till',
      passkey: 'sandbox-till-passkey',
      payee: 'LANGO TILL',
    },
  ],
  promptLivesMs: 60_000,
  answerAfterMs: 1_500,
  laterAfterMs: 4_000,
  similarWithinMs: 120_000,
}
