// The ceiling: node:http that reads a request and answers as many bytes as it was told to, and does nothing else.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerParent } from './answer-parent.ts'

let body = Buffer.from('{}')

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    })
    response.end(body)
  })
})
server.keepAliveTimeout = 60_000

answerParent<number, number>({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    }),
  answerBytes: (bytes) => {
    body = Buffer.alloc(bytes, 'x')
    return bytes
  },
})
