// The gateway under test: the house as `lango start` opens it, its jobs running, without the demo beside it.
import type { AddressInfo } from 'node:net'
import { openHouse, type House, type Setup } from '../../../packages/gateway/src/app.ts'
import { answerParent } from './answer-parent.ts'

let house: House | null = null

answerParent<Pick<Setup, 'databaseUrl' | 'masterKeys' | 'mode'>, number>(
  { open },
  async () => await house?.close(),
)

async function open(setup: Pick<Setup, 'databaseUrl' | 'masterKeys' | 'mode'>): Promise<number> {
  // Nobody follows a link here: the address only has to be the same in every token.
  house = await openHouse({
    ...setup,
    publicUrl: 'http://127.0.0.1:4000',
    // As behind a balancer: people who sign in come from addresses of their own.
    trustedProxies: ['127.0.0.0/8'],
    logLevel: 'error',
  })
  await house.server.listen({ port: 0, host: '127.0.0.1' })
  house.startJobs()
  return (house.server.server.address() as AddressInfo).port
}
