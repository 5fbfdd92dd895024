/** What a member of an organization may do. Every use case of the console asks this table, and nothing else. */

export const roles = ['owner', 'developer', 'finance', 'viewer'] as const
export type Role = (typeof roles)[number]

const everybody: readonly Role[] = roles
const builders: readonly Role[] = ['owner', 'developer']
const moneyed: readonly Role[] = ['owner', 'finance']
const workers: readonly Role[] = ['owner', 'developer', 'finance']
const owners: readonly Role[] = ['owner']

/** Who may what; in the operator's own organization the lines that begin with `house` count too. */
export const permissions = {
  'organization.see': everybody,
  'organization.change': owners,
  'members.see': everybody,
  'members.change': owners,
  'applications.see': everybody,
  'applications.change': builders,
  'requests.see': builders,
  'keys.see': workers,
  'keys.change': builders,
  'services.see': everybody,
  'services.change': moneyed,
  'origins.change': builders,
  'notices.see': workers,
  'notices.resend': workers,
  'acts.see': owners,
  import: owners,
  'house.see': everybody,
  'house.decide': owners,
  'house.accounts': workers,
  'house.accounts.change': owners,
  'house.acts': owners,
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Permission = keyof typeof permissions

export function may(role: Role, permission: Permission): boolean {
  return permissions[permission].includes(role)
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}
