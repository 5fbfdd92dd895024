/** Something that somebody did and that an auditor may ask about. Written in the transaction that does it. */

/** What is recorded, as `subject.past-participle`, each with what it means. A new one is a line, here and in docs/audit.md. */
export const acts = {
  'account.authenticator-added': 'an account got an authenticator app, instead of the one before',
  'account.authenticator-removed': 'the authenticator app of an account was removed',
  'account.contact-changed':
    'somebody proved another e-mail address or phone number and put it on her account',
  'account.created': 'an account was made',
  'account.device-forgotten': 'an account forgot browsers that it knew',
  'account.disabled': 'an operator closed an account; all its sessions ended',
  'account.enabled': 'an operator opened an account again',
  'account.factor-removal-asked':
    'an operator asked to take lost second factors off an account; its owner was told, and it waits',
  'account.factor-removal-ended': 'an operator took back the request to take second factors off an account',
  'account.factor-removal-stopped': 'by a message to an address of the account its owner stopped the removal',
  'account.factors-removed':
    'an operator took all second factors and the password off an account after the wait; all its sessions ended',
  'account.message-codes-added': 'codes for the second step of an account come by e-mail or SMS from now on',
  'account.message-codes-removed': 'codes for the second step of an account come no longer by that medium',
  'account.passkey-added': 'an account got another passkey',
  'account.passkey-removed': 'a passkey of an account was removed',
  'account.password-changed': 'somebody changed the password of an account; all other sessions ended',
  'account.password-recovered': 'somebody chose a new password by a link or code; all sessions ended',
  'account.profile-changed': 'somebody changed names, gender or birth date of her account',
  'account.recovery-asked':
    'somebody asked for a way back into an account, and it was sent to its address; about nobody: there is no such account, or no way to it',
  'account.recovery-codes-renewed': 'an account got new recovery codes; those of before are void',
  'account.searched': 'an operator searched accounts, with the reason that she gave',
  'account.signed-out': 'an operator ended all sessions of an account',
  'account.viewed': 'an operator looked at an account, with the reason that she gave',
  'accounts.imported':
    'the command line brought accounts in from a file; says how many were made, there and refused',
  'acts.exported': 'somebody took a part of the audit trail away as a file',
  'aggregator.linked': 'a bank or aggregator may pay into one more organization',
  'api-client.created': 'a caller of the signed interfaces was made',
  'api-client.ended': 'a caller of the signed interfaces was ended, with all its keys',
  'api-client.key-ended': 'a key of a caller of the signed interfaces was ended before its time',
  'api-client.key-rotated': 'a caller of the signed interfaces got a new key beside the old one',
  'api-client.renamed': 'a caller of the signed interfaces got another name',
  'application.changed': 'a member, or the command line, changed what is registered of an application',
  'application.created': 'an application was registered',
  'application.guessed':
    'wrong secrets used up a budget of one network, for one application or for all; at most once an hour each',
  'application.old-secret-used':
    'an application used a secret that was rotated out and ends soon; at most once an hour',
  'application.paused': 'a member, or the command line, switched an application off',
  'application.reinstated': 'an operator lifted the suspension of an application',
  'application.resumed': 'a member, or the command line, switched an application on again',
  'application.secret-rotated': 'an application got a new secret beside the old one',
  'application.suspended': 'an operator suspended an application',
  'application.tried':
    'a member tried the flow of an application from the console, which was lent a secret or key for a step',
  'authorization.value-repeated':
    'an application sent a code_challenge or nonce that it had sent in another request; at most once an hour each',
  'channel.configured': 'a way to be paid was set up or changed for an organization',
  'code.replayed': 'an application presented an authorization code again; all that it gave is revoked',
  'consent.given': 'an account allowed an application something',
  'consent.withdrawn': 'an account took back what it allowed an application',
  'device.denied': 'somebody sent a device away that asked to be let in by a typed code',
  'import.approved': 'an operator let an organization bring ids along that others know it by',
  'import.asked': 'an owner asked to bring ids along from another installation',
  'import.declined': 'an operator declined what an organization wanted to bring along',
  'import.done': 'applications, keys, services or origins were brought in from a file; says how many',
  'import.withdrawn': 'an owner took back what waited to be brought in',
  'maintenance.switched': 'the house was closed or opened',
  'member.added': 'the command line made an account a member, of the operator for instance',
  'member.invitation-withdrawn': 'an owner took an invitation back',
  'member.invitation-sent': 'an owner had the letter of an invitation sent again',
  'member.invited':
    'an owner invited an e-mail address into an organization; says whether a letter went out or why none did',
  'member.joined': 'somebody accepted an invitation and became a member',
  'member.removed': 'a member left or was removed',
  'member.role-changed': 'an owner gave a member another role',
  'notice-address.changed': 'a member changed the address that every notice of the organization also goes to',
  'notice.resent': 'somebody sent a notice again by hand',
  'organization.approved': 'an operator let a waiting organization go live',
  'organization.created': 'an organization was made',
  'organization.registered': 'somebody made an organization and became its owner',
  'organization.renamed': 'an organization got another name',
  'organization.resumed': 'an operator lifted the suspension of an organization',
  'organization.suspended': 'an operator suspended an organization; nothing of it works',
  'origin.added': 'an origin was registered',
  'origin.removed': 'an origin is no longer registered',
  'resource.created': 'a resource server was registered',
  'service.changed': 'the name or fee of a service was changed',
  'service.created': 'a billable service was made',
  'service.paused': 'a member stopped a service from taking new bills',
  'service.resumed': 'a member let a service take new bills again',
  'session.confirmed':
    'somebody who was signed in proved herself once more, or more surely; says by which proofs',
  'session.ended': 'somebody signed out, here or everywhere',
  'session.started': 'somebody signed in; says by which proofs',
  'sign-in.limited':
    'wrong passwords used up a budget; says which one (one account from one network, one account, one network, or all); at most once an hour each',
  'signing-key.created': 'the first key of an algorithm was made',
  'signing-key.rotated': 'a new key for tokens was published',
  'token.replayed': 'an application presented a refresh token again; the whole family is revoked',
  'webhook-secret.added': 'an organization got a new secret for its notices',
} as const

export type ActName = keyof typeof acts

/** Whoever holds the machine. */
export const operator: Actor = { kind: 'operator', id: 'command line' }

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
    readonly kind:
      | 'account'
      | 'api-client'
      | 'application'
      | 'channel'
      | 'grant'
      | 'invitation'
      | 'key'
      | 'notice'
      | 'organization'
      | 'service'
      | 'session'
      | 'switch'
    readonly id: string
  } | null
  /** Whose audit trail it belongs to beside the operator's; null: nobody else's. */
  readonly organizationId?: string | null
  /** Plain facts, never a secret, a token, a code or a full identity number. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
  /** Correlation id of the request. */
  readonly requestId?: string | null
}
