/** A passkey made of software: it signs whatever a test wants it to say, right or wrong (WebAuthn level 3, section 6). */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** What the device and the browser say about one answer. */
export type Said = {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  /** Present and verified unless the test says otherwise. */
  readonly present?: boolean
  readonly verified?: boolean
  readonly count?: number
  readonly type?: string
  readonly crossOrigin?: boolean
}

export type SoftKey = {
  readonly id: string
  readonly register: (said: Said) => string
  readonly answer: (said: Said & { readonly userHandle?: string }) => string
}

export function softKey(id = randomBytes(32).toString('base64url')): SoftKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    id,
    register: (said) => {
      const attested = Buffer.concat([
        Buffer.alloc(16),
        length(id),
        Buffer.from(id, 'base64url'),
        cose(publicKey),
      ])
      const data = authenticatorData(said, 0x40, attested)
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(data),
      ]) // prettier-ignore -- a map, member by member
      const response = {
        clientDataJSON: clientData(said, 'webauthn.create').toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      }
      return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} })
    },
    answer: (said) => {
      const data = authenticatorData(said, 0, Buffer.alloc(0))
      const client = clientData(said, 'webauthn.get')
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
        ...(said.userHandle === undefined ? {} : { userHandle: said.userHandle }),
      }
      return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} })
    },
  }
}

function clientData({ challenge, origin, type, crossOrigin = false }: Said, usual: string): Buffer {
  return Buffer.from(JSON.stringify({ type: type ?? usual, challenge, origin, crossOrigin }))
}

function authenticatorData(
  { rpId, present = true, verified = true, count = 0 }: Said,
  more: number,
  attested: Buffer,
): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(count)
  const flags = (present ? 1 : 0) | (verified ? 4 : 0) | more
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter, attested])
}

/** An ES256 key in COSE (RFC 9053, section 7.1). */
function cose(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y, 'base64url'),
  ])
}

function length(id: string): Buffer {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(Buffer.from(id, 'base64url').length)
  return size
}

/** CBOR (RFC 8949): texts of less than 24 bytes, and bytes of less than 65,536. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x59, value.length >> 8, value.length & 0xff]), value])
}
