// better-auth over its own adapter for memory, as its documentation sets it up for e-mail and password. Its rate limit
// is off, because the whole load comes from one address.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'
import { answerParent } from './answer-parent.ts'
import type { OpenPeer } from './peer.ts'

answerParent<OpenPeer, number>({ open })

async function open({ people }: OpenPeer): Promise<number> {
  const auth = betterAuth({
    baseURL: 'http://127.0.0.1:4002',
    secret: 'nobody signs in here but a bench, and it ends with it',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
  for (const { email, password, name } of people)
    await auth.api.signUpEmail({ body: { email, password, name } })
  const server = createServer((request, response) => {
    void toNodeHandler(auth)(request, response)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
