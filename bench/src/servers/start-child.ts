import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Question, Reply, Usage } from './answer-parent.ts'

export type Child = {
  readonly ask: <Answered>(name: string, value?: unknown) => Promise<Answered>
  readonly usage: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (fault: Error) => void }

/** Starts a file of this folder's parent, like `servers/gateway.ts`, in a process of its own. */
export function startChild(file: string, execArgv: readonly string[] = []): Child {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), {
    serialization: 'advanced',
    execArgv: [...execArgv],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const ended = new Promise<void>((done) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${signal ?? code}`))
      done()
    })
  })
  child.on('message', (reply: Reply) => {
    const one = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('fault' in reply) one?.reject(new Error(`${file}: ${reply.fault}`))
    else one?.resolve(reply.value)
  })

  function ask<Answered>(name: string, value?: unknown): Promise<Answered> {
    const question: Question = { id: (asked += 1), name, value }
    return new Promise<Answered>((resolve, reject) => {
      waiting.set(question.id, { resolve: (answer) => resolve(answer as Answered), reject })
      child.send(question)
    })
  }

  return {
    ask,
    usage: () => ask<Usage>('usage'),
    stop: async () => {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
