/** X.509 certificates for tests, made on the spot: nothing but Node is installed where the tests run. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

export type Issued = { readonly cert: string; readonly key: string }
export type Authority = Issued & { readonly issue: (wanted: Wanted) => Issued }
export type Wanted = { readonly host: string; readonly from?: Date; readonly until?: Date }

const day = 86_400_000

/** An authority of its own; who trusts its certificate trusts what it issues. */
export function makeAuthority(): Authority {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = commonName('Test Authority')
  const cert = certificate({
    subject: name,
    issuer: name,
    publicKey: pair.publicKey,
    signer: pair.privateKey,
    authority: true,
  })
  return {
    cert,
    key: pem('PRIVATE KEY', pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
    issue: (wanted) => issue(wanted, name, pair.privateKey),
  }
}

/** A certificate that nobody vouches for but itself. */
export function selfSigned(host: string): Issued {
  return issue({ host }, null, null)
}

function issue(wanted: Wanted, issuer: Buffer | null, signer: KeyObject | null): Issued {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = commonName(wanted.host)
  return {
    cert: certificate({
      ...wanted,
      subject,
      issuer: issuer ?? subject,
      publicKey: pair.publicKey,
      signer: signer ?? pair.privateKey,
      authority: false,
    }),
    key: pem('PRIVATE KEY', pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
  }
}

type Content = {
  readonly subject: Buffer
  readonly issuer: Buffer
  readonly publicKey: KeyObject
  readonly signer: KeyObject
  readonly authority: boolean
  readonly host?: string
  readonly from?: Date
  readonly until?: Date
}

/** RFC 5280 section 4.1, version 3, signed with ECDSA and SHA-256. */
function certificate(content: Content): string {
  const algorithm = der(0x30, oid('2a8648ce3d040302'))
  const from = content.from ?? new Date(Date.now() - day)
  const until = content.until ?? new Date(Date.now() + day)
  const signed = der(
    0x30,
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    content.issuer,
    der(0x30, time(from), time(until)),
    content.subject,
    content.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, content.authority ? basicConstraints : alternativeName(content.host ?? ''))),
  )
  const signature = sign('sha256', signed, content.signer)
  return pem('CERTIFICATE', der(0x30, signed, algorithm, der(0x03, Buffer.from([0]), signature)))
}

const basicConstraints = der(
  0x30,
  oid('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, der(0x30, der(0x01, Buffer.from([0xff])))),
)

function alternativeName(host: string): Buffer {
  return der(0x30, oid('551d11'), der(0x04, der(0x30, der(0x82, Buffer.from(host, 'ascii')))))
}

function commonName(text: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(text, 'utf8')))))
}

function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`, 'ascii'))
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes)
}

function oid(hexBytes: string): Buffer {
  return der(0x06, Buffer.from(hexBytes, 'hex'))
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
