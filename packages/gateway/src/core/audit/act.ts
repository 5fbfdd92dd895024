/** Something that somebody did and that an auditor may ask about. Written in the transaction that does it. */

/** What is recorded, as `subject.past-participle`, each with what it means. A new one is a line, here and in docs/audit.md. */
export const acts = {
  'account.password-changed': 'somebody changed the password of an account; all other sessions ended',
  'application.created': 'an application was registered',
  'application.secret-rotated': 'an application got a new secret beside the old one',
  'consent.given': 'an account allowed an application something',
  'consent.withdrawn': 'an account took back what it allowed an application',
  'resource.created': 'a resource server was registered',
  'organization.registered': 'somebody made an organization and became its owner',
  'organization.renamed': 'an organization got another name',
  'organization.approved': 'an operator let a waiting organization go live',
  'organization.suspended': 'an operator suspended an organization; nothing of it works',
  'organization.resumed': 'an operator lifted the suspension of an organization',
  'member.invited': 'an owner invited an e-mail address into an organization',
  'member.invitation-withdrawn': 'an owner took an invitation back',
  'member.joined': 'somebody accepted an invitation and became a member',
  'member.added': 'the command line made an account a member, of the operator for instance',
  'member.role-changed': 'an owner gave a member another role',
  'member.removed': 'a member left or was removed',
  'application.changed': 'a member changed what is registered of an application',
  'application.paused': 'a member switched an application off',
  'application.resumed': 'a member switched an application on again',
  'application.suspended': 'an operator suspended an application',
  'application.reinstated': 'an operator lifted the suspension of an application',
  'application.tried': 'a member tried the flow of an application from the console',
  'api-client.created': 'a caller of the signed interfaces was made',
  'api-client.key-rotated': 'a caller of the signed interfaces got a new key beside the old one',
  'api-client.ended': 'a caller of the signed interfaces was ended, with all its keys',
  'service.created': 'a billable service was made',
  'service.changed': 'the name or fee of a service was changed',
  'origin.added': 'an origin was registered',
  'origin.removed': 'an origin is no longer registered',
  'notice.resent': 'somebody sent a notice again by hand',
  'import.done': 'an owner brought services or applications in from a file',
  'account.searched': 'an operator searched accounts, with the reason that she gave',
  'account.viewed': 'an operator looked at an account, with the reason that she gave',
  'account.disabled': 'an operator closed an account; all its sessions ended',
  'account.enabled': 'an operator opened an account again',
  'account.signed-out': 'an operator ended all sessions of an account',
  'acts.exported': 'somebody took a part of the audit trail away as a file',
} as const

export type ActName = keyof typeof acts
export type Actor = {
  /** `stranger`: somebody who proved nothing. `system`: the house by itself. */
  readonly kind: 'account' | 'application' | 'operator' | 'system' | 'stranger'
  readonly id: string | null
}

export type Act = {
  readonly what: ActName
  readonly by: Actor
  /** What it was done to. */
  readonly about: {
    readonly kind: 'account' | 'application' | 'organization' | 'key' | 'invitation'
    readonly id: string
  } | null
  /** Whose audit trail it belongs to beside the operator's; null: nobody else's. */
  readonly organizationId?: string | null
  /** Plain facts, never a secret, a token, a code or a full identity number. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
  /** Correlation id of the request. */
  readonly requestId?: string | null
}
