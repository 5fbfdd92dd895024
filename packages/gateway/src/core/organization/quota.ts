/** How much one organization or person may have without asking. Enough for honest work, too little to flood others. */

export const quotas = {
  organizations: 5,
  members: 50,
  'invitations a day': 20,
  applications: 25,
  'redirect addresses': 20,
  services: 100,
  origins: 20,
  'API clients': 10,
} as const

export type Quota = keyof typeof quotas

/** Bytes of a logo as it is uploaded; what we keep of it is smaller. */
export const mostLogoBytes = 48 * 1024

/** What stands in the way of one more, in a sentence that says the limit and whom to ask; null when nothing does. */
export function quotaFault(quota: Quota, had: number): string | null {
  return had < quotas[quota]
    ? null
    : `The limit is ${quotas[quota]} ${quota}. If you need more, ask the operator of this gateway.`
}
