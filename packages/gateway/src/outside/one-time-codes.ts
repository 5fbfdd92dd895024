import { Secret, TOTP } from 'otpauth'
import { toDate } from '../base/time.ts'
import type { OneTimeCodes } from '../core/ports.ts'

/** What every authenticator app does when it is told nothing else. */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const

export const oneTimeCodes: OneTimeCodes = {
  print: (secret) => new Secret({ buffer: Uint8Array.from(secret).buffer }).base32,
  address: (secret, { issuer, account }) =>
    new TOTP({ ...form, issuer, label: account, secret: Secret.fromBase32(secret) }).toString(),
  stepOf: (secret, code, now) => {
    if (!/^\d{6}$/.test(code)) return null
    const timestamp = toDate(now).getTime()
    const apart = TOTP.validate({
      ...form,
      token: code,
      secret: Secret.fromBase32(secret),
      timestamp,
      window: 1,
    })
    return apart === null ? null : Math.floor(timestamp / (form.period * 1000)) + apart
  },
}
