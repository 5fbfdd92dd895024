// Sends prebuilt requests over keep-alive connections, one in flight on each, and measures when the answer is whole. A
// process of its own over bare sockets, because it shares the cores with what it measures: whatever it does itself
// is taken from the result.
import { connect, type Socket } from 'node:net'
import { platform } from 'node:os'
import { performance } from 'node:perf_hooks'
import { percentile } from '../statistics.ts'
import { answerParent } from '../servers/answer-parent.ts'
import { readAnswer } from './answer.ts'
import type { Requests } from './requests.ts'

export type Load = {
  readonly port: number
  readonly connections: number
  readonly requests: Requests
  /** What every answer must be, and hold somewhere. */
  readonly status: number
  readonly expect: string
}

export type Loaded = {
  readonly answered: number
  /** From the first request to the last whole answer. */
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Bytes of the last answer's body, for the server that answers as much without doing anything. */
  readonly bodyBytes: number
}

/**
 * By port, kept between runs as an application keeps its pool: a server that loses all of its connections at once also
 * loses what its engine learnt about them.
 */
const pools = new Map<number, readonly Socket[]>()

answerParent<Load, Loaded>({ load: run })

async function run(load: Load): Promise<Loaded> {
  const { requests, expect, status: wanted } = load
  const sockets = await poolOf(load)
  const latencies = new Float64Array(requests.ends.length)
  const expected = Buffer.from(expect)
  let next = 0
  let bodyBytes = 0
  const began = performance.now()

  async function drive(socket: Socket): Promise<void> {
    while (next < requests.ends.length) {
      const place = next
      next += 1
      const sentAt = performance.now()
      const received = await exchange(
        socket,
        requests.bytes.subarray(requests.ends[place - 1] ?? 0, requests.ends[place]),
      )
      latencies[place] = performance.now() - sentAt
      const { status, body, end } = received.answer
      bodyBytes = end - body
      if (status !== wanted || received.bytes.indexOf(expected) < 0) {
        throw new Error(
          `request ${place} was answered ${status}: ${received.bytes.toString('utf8', body, end).slice(0, 500)}`,
        )
      }
    }
  }

  await Promise.all(sockets.map(drive))
  const seconds = (performance.now() - began) / 1000
  const [p50Ms, p99Ms] = [percentile(latencies, 0.5), percentile(latencies, 0.99)]
  return { answered: latencies.length, seconds, p50Ms, p99Ms, bodyBytes }
}

type Received = { readonly bytes: Buffer; readonly answer: { status: number; body: number; end: number } }

function exchange(socket: Socket, request: Uint8Array): Promise<Received> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer | null = null
    const listen = (chunk: Buffer): void => {
      bytes = bytes === null ? chunk : Buffer.concat([bytes, chunk])
      const answer = readAnswer(bytes)
      if (answer === null) return
      leave()
      resolve({ bytes, answer })
    }
    const fail = (): void => {
      leave()
      reject(new Error('the server closed a connection'))
    }
    const leave = (): void => {
      socket.off('data', listen)
      socket.off('close', fail)
    }
    socket.on('data', listen)
    socket.on('close', fail)
    socket.write(request)
  })
}

async function poolOf({ port, connections }: Load): Promise<readonly Socket[]> {
  const kept = (pools.get(port) ?? []).filter((socket) => !socket.destroyed)
  const missing = Array.from({ length: connections - kept.length }, (_, place) => open(port, place))
  const sockets = [...kept, ...(await Promise.all(missing))]
  pools.set(port, sockets)
  return sockets
}

/**
 * An application runs on several machines, each with an address: from one alone, a server's limit for one caller would be
 * what is measured. Only Linux has all of 127.0.0.0/8; elsewhere all come from one.
 */
const machines = 16
const hasLoopbacks = platform() === 'linux'

function open(port: number, place: number): Promise<Socket> {
  const from = hasLoopbacks ? { localAddress: `127.0.1.${1 + (place % machines)}` } : {}
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...from }, () => {
      socket.off('error', reject)
      socket.on('error', () => undefined)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}
