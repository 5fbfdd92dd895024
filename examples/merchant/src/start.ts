import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { goods } from './catalogue.ts'
import type { Config } from './config.ts'
import type { Reply } from './http.ts'
import { json, readRequest, writeReply } from './http.ts'
import { openShop, visit } from './shop.ts'

export type Running = { readonly url: string; readonly close: () => Promise<void> }

/** Opens the shop. Throws when the port cannot be had. `report` hears of faults that no visitor should read. */
export async function startShop(config: Config, report: (fault: unknown) => void): Promise<Running> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl
  const shop = openShop({ ...config, publicUrl: url })
  const assets = await readAssets()
  server.on('request', (message, response) => {
    const answer = async (): Promise<Reply> => {
      const request = await readRequest(message)
      if (request === null)
        return { ...json({ error: 'unreadable or too large' }, 413), headers: { connection: 'close' } }
      return (request.method === 'GET' ? assets.get(request.url.pathname) : undefined) ?? visit(shop, request)
    }
    answer()
      .catch((fault: unknown) => {
        report(fault)
        return json({ error: 'the shop has stumbled' }, 500)
      })
      .then((reply) => writeReply(response, reply, new URL(config.gatewayUrl).origin))
      .catch(report)
  })
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** The few files there are, read once: nothing that a visitor asks for is ever turned into a file name. */
async function readAssets(): Promise<ReadonlyMap<string, Reply>> {
  const names = ['shop.css', 'order.css', 'shop.js', ...goods.map(({ id }) => `goods/${id}.png`)]
  const types: Readonly<Record<string, string>> = {
    css: 'text/css; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    png: 'image/png',
  }
  const entries = names.map(async (name): Promise<[string, Reply]> => {
    const body = await readFile(new URL(`../assets/${name}`, import.meta.url))
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=300' }
    return [`/assets/${name}`, { status: 200, headers, body }]
  })
  return new Map(await Promise.all(entries))
}
