import { signingAlgs } from '../core/signing-key/signing-key.ts'
import { hours, type Seconds, seconds } from '../base/time.ts'
import { rotateApiKey } from '../core/organization/create-api-client.ts'
import { rotateClientSecret } from '../core/application/rotate-client-secret.ts'
import { openSigningKeys } from '../outside/signing-keys.ts'
import type { OpenPorts } from '../outside/open-ports.ts'
import { text, UsageFault, type Asked, type Command, type Outcome } from './command.ts'
import { granted, withPorts } from './with-ports.ts'

export const command: Command = {
  about:
    'Gives a new key beside the old one, which lives on for the overlap so that both sides can change over: --api-client\n' +
    'for a secure-hash key and secret, --client for the secret of an application, --signing for the key of ID tokens.',
  takes: [],
  options: {
    'api-client': { type: 'string', value: 'ID', meaning: 'whose secure-hash key' },
    client: { type: 'string', value: 'ID', meaning: 'whose client secret' },
    signing: { type: 'string', value: 'ALG', meaning: signingAlgs.join(', ') },
    'overlap-hours': {
      type: 'string',
      value: 'HOURS',
      meaning: 'how long the old one lives on; 72 if not given',
    },
    key: { type: 'string', value: 'TEXT', meaning: 'a given key' },
    secret: { type: 'string', value: 'TEXT', meaning: 'a given secret' },
  },
  run: async (asked) => {
    const rotate = chosen(asked)
    return await withPorts(asked, 'key rotate', rotate)
  },
}

type Rotate = (ports: OpenPorts) => Promise<Outcome>

function chosen(asked: Asked): Rotate {
  const apiClientId = text(asked, 'api-client')
  const clientId = text(asked, 'client')
  const alg = text(asked, 'signing')
  const signing = signingAlgs.find((each) => each === alg)
  const overlap = overlapOf(text(asked, 'overlap-hours'))
  const [key, secret] = [text(asked, 'key'), text(asked, 'secret')]
  if (apiClientId !== null) {
    const given = { ...(key === null ? {} : { key }), ...(secret === null ? {} : { secret }) }
    return async (ports) => {
      const made = granted(await rotateApiKey(ports, { apiClientId, overlap, ...given }))
      return outcome({ apiClientId, key: made.key, secret: made.secret }, made.warnings)
    }
  }
  if (clientId !== null) {
    if (key !== null) throw new UsageFault('--key belongs to --api-client; an application has a --secret')
    const given = secret === null ? {} : { clientSecret: secret }
    return async (ports) => {
      const made = granted(await rotateClientSecret(ports, { clientId, overlap, ...given }))
      return outcome({ clientId, clientSecret: made.clientSecret ?? '' }, made.warnings)
    }
  }
  if (signing !== undefined) {
    if (text(asked, 'overlap-hours') !== null) {
      throw new UsageFault(
        '--overlap-hours is for keys and secrets: a signing key is published a day before its use',
      )
    }
    return async (ports) => {
      const { kid } = await (await openSigningKeys(ports)).rotate(signing)
      return outcome({ signing, kid, signs: 'in a day, when every client has fetched it' }, [])
    }
  }
  throw new UsageFault(`say whose: --api-client ID, --client ID, or --signing ${signingAlgs.join('|')}`)
}

function overlapOf(given: string | null): Seconds {
  if (given === null) return hours(72)
  const count = Number(given)
  if (!Number.isFinite(count) || count < 0) throw new UsageFault('--overlap-hours: a number from 0')
  return seconds(Math.round(count * 3600))
}

function outcome(value: Readonly<Record<string, string>>, warnings: readonly string[]): Outcome {
  const lines = Object.entries(value).map(([name, said]) => `${name}: ${said}`)
  return {
    value: { ...value, warnings },
    text: [...lines, ...warnings.map((one) => `WARNING: ${one}`)].join('\n'),
  }
}
