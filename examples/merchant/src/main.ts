import { readConfig } from './config.ts'
import { startShop } from './start.ts'

const config = readConfig(process.env)
if ('faults' in config) {
  for (const fault of config.faults) console.error(fault)
  process.exit(2)
}

const shop = await startShop(config, (fault) => console.error(fault)).catch((fault: unknown) => {
  console.error(`the shop cannot open: ${fault instanceof Error ? fault.message : String(fault)}`)
  process.exit(1)
})
console.log(`Duka la Ufundi at ${shop.url}, paid through ${config.gatewayUrl}`)

let closing = false
const close = (): void => {
  if (closing) return
  closing = true
  void shop.close()
}
process.on('SIGTERM', close)
process.on('SIGINT', close)
