/** What the security page may have to say before the rest. */
export const securityNotes = [
  'password-changed',
  'password-wrong',
  'password-weak',
  'password-wait',
  'authenticator-added',
  'authenticator-removed',
  'messages-changed',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'passkey-failed',
  'passkey-limit',
  'last-factor',
  'session-ended',
  'device-forgotten',
  'confirmed',
  'expired',
  'unknown',
] as const
export type SecurityNote = (typeof securityNotes)[number]

export type SecurityWords = {
  readonly title: string
  readonly lead: string
  readonly toAccount: string
  readonly notes: Readonly<Record<SecurityNote, string>>
  readonly cameFor: string
  readonly goOn: string
  readonly stateStrong: string
  readonly stateWeak: string
  readonly password: string
  readonly passwordNone: string
  readonly passwordSet: (time: string) => string
  readonly changePassword: string
  readonly passwordMore: string
  readonly current: string
  readonly chosen: string
  readonly chosenHint: string
  readonly change: string
  readonly passkeys: string
  readonly passkeysMore: string
  readonly noPasskeys: string
  readonly addPasskey: string
  readonly passkeyLimit: (count: number) => string
  readonly passkeyKept: string
  readonly addedAt: (time: string) => string
  readonly usedAt: (time: string) => string
  readonly neverUsed: string
  readonly name: string
  readonly rename: string
  readonly renameOne: (name: string) => string
  readonly removeOne: (name: string) => string
  readonly authenticator: string
  readonly authenticatorMore: string
  readonly authenticatorSet: string
  readonly setUpAuthenticator: string
  readonly replaceAuthenticator: string
  readonly removeAuthenticator: string
  readonly messages: string
  readonly messagesMore: string
  readonly messageOn: (address: string) => string
  readonly messageOff: (address: string) => string
  readonly recovery: string
  readonly recoveryMore: string
  readonly recoveryLeft: (count: number) => string
  readonly recoveryNotYet: string
  readonly recoveryRenew: string
  readonly sessions: string
  readonly sessionsMore: string
  readonly here: string
  readonly signedInAt: (time: string) => string
  readonly seenAt: (time: string) => string
  readonly endSessionOf: (browser: string) => string
  readonly everywhere: string
  readonly everywhereMore: string
  readonly devices: string
  readonly devicesMore: string
  readonly noDevices: string
  readonly trustedUntil: (time: string) => string
  readonly forgetOne: (browser: string) => string
  readonly forgetAll: string
  readonly history: string
  readonly historyMore: string
  readonly noHistory: string
  readonly when: string
  readonly what: string
  readonly browser: string
  readonly network: string
  readonly outcomes: Readonly<Record<'opened' | 'stepped-up' | 'failed', string>>
  readonly how: Readonly<
    Record<'password' | 'password-code' | 'password-passkey' | 'passkey' | 'code' | 'other', string>
  >
  readonly strange: string
  readonly enrolTitle: string
  readonly enrolSteps: readonly [scan: string, type: string, confirm: string]
  readonly qrLabel: string
  readonly secretLabel: string
  readonly openApp: string
  readonly code: string
  readonly codeHint: string
  readonly codeWrong: string
  readonly codeWait: (time: string) => string
  readonly confirm: string
  readonly cancel: string
  readonly newPasskeyTitle: string
  readonly newPasskeyLead: string
  readonly newPasskeyName: string
  readonly newPasskeyHint: string
  readonly makePasskey: string
  readonly makeTrouble: string
  readonly makeKnown: string
  readonly makeNeeds: string
  readonly codesTitle: string
  readonly codesLead: string
  readonly codesMore: readonly string[]
  readonly codesDone: string
}
