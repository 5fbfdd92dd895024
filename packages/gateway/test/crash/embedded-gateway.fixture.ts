// `lango start` with a gateway so small that only the starting and stopping around it is on trial: it answers /slow after
// a second.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainFault } from '../../src/cli/explain-fault.ts'
import { start } from '../../src/cli/start.ts'
import type { Parts } from '../../src/cli/start.ts'

const parts: Parts = {
  seedDemo: () => Promise.reject(new Error('a live gateway has no demo data')),
  serve: async (config, { databaseUrl }) => {
    const server = createServer((request, response) => {
      void sleep(request.url === '/slow' ? 1000 : 0).then(() => response.end(databaseUrl))
    })
    await new Promise<void>((done) => server.listen(config.port, config.host, done))
    const { port } = server.address() as AddressInfo
    return {
      url: `http://127.0.0.1:${port}`,
      close: () => new Promise<void>((done) => server.close(() => done())),
    }
  },
}

try {
  await start(
    {
      given: [],
      flags: {},
      env: process.env,
      say: (line) => process.stderr.write(`${line}\n`),
      print: ({ value }) => process.stdout.write(`${JSON.stringify(value)}\n`),
    },
    Promise.resolve(parts),
  )
} catch (error) {
  const { code, message } = explainFault(error)
  process.stdout.write(`${JSON.stringify({ message })}\n`)
  process.exitCode = code
}
