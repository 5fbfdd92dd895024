// A gateway of its own process over a given database: tells its address in one line of JSON, then serves until it is
// killed. Tests kill it in mid-load.
import { openHouse } from '../../src/app.ts'
import { testMasterKey } from '../world.ts'

const [databaseUrl = ''] = process.argv.slice(2)
const house = await openHouse({
  databaseUrl,
  masterKeys: [testMasterKey],
  mode: 'sandbox',
  publicUrl: 'http://127.0.0.1',
  trustedProxies: [],
  logLevel: 'error',
  connections: 4,
})
const url = await house.server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${JSON.stringify({ url })}\n`)
