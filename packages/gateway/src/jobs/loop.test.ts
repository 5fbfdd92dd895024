import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Log } from '../core/ports.ts'
import { startLoop, type Loop } from './loop.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Lets everything that is ready run; the timers are the test's own. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1)
    await new Promise<void>((done) => process.nextTick(() => setImmediate(done)))
}

type Run = () => Promise<boolean>

function loop(t: TestContext, run: Run, log = quiet): Loop {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  return startLoop({ name: 'test', everyMs: 1000, run, log, chance: () => 0.5 })
}

test('an idle loop works once a period, and at once when nudged', async (t) => {
  let rounds = 0
  const running = loop(t, async () => {
    rounds += 1
    return false
  })
  await settle()
  assert.equal(rounds, 1)
  t.mock.timers.tick(999)
  await settle()
  assert.equal(rounds, 1)
  t.mock.timers.tick(1)
  await settle()
  assert.equal(rounds, 2)
  running.nudge()
  await settle()
  assert.equal(rounds, 3)
  await running.stop()
})

test('while there is more to do it goes on without a pause', async (t) => {
  let rounds = 0
  const running = loop(t, async () => {
    rounds += 1
    return rounds < 4
  })
  await settle()
  assert.equal(rounds, 4)
  await running.stop()
})

test('a nudge during a round means another round after a breath, and a hundred mean one', async (t) => {
  let rounds = 0
  let finish: () => void = () => undefined
  const running = loop(t, async () => {
    rounds += 1
    await new Promise<void>((done) => {
      finish = done
    })
    return false
  })
  await settle()
  for (let count = 0; count < 100; count += 1) running.nudge()
  finish()
  await settle()
  assert.equal(rounds, 1)
  t.mock.timers.tick(10)
  await settle()
  assert.equal(rounds, 2)
  const stopping = running.stop()
  finish()
  await stopping
})

test('faults are logged and followed by growing pauses that a nudge does not shorten', async (t) => {
  const logged: string[] = []
  const note = (event: string): void => void logged.push(event)
  let rounds = 0
  let broken = true
  const running = loop(
    t,
    async () => {
      rounds += 1
      if (broken) throw new Error('the database is gone')
      return false
    },
    { info: note, warn: note, error: note },
  )
  await settle()
  const pauses = [250, 500, 1000, 2000]
  for (const [place, pause] of pauses.entries()) {
    running.nudge()
    t.mock.timers.tick(pause - 1)
    await settle()
    assert.equal(rounds, place + 1, `after ${pause - 1} ms`)
    t.mock.timers.tick(1)
    await settle()
    assert.equal(rounds, place + 2, `after ${pause} ms`)
  }
  broken = false
  t.mock.timers.tick(4000)
  await settle()
  assert.deepEqual(logged, [...Array.from({ length: 5 }, () => 'job.fault'), 'job.recovered'])
  await running.stop()
})

test('a stop lets the round under way end and begins no other', async (t) => {
  let rounds = 0
  let finish: (more: boolean) => void = () => undefined
  const running = loop(t, async () => {
    rounds += 1
    return await new Promise<boolean>((done) => {
      finish = done
    })
  })
  await settle()
  let stopped = false
  const stopping = running.stop().then(() => {
    stopped = true
  })
  await settle()
  assert.equal(stopped, false)
  finish(true)
  await stopping
  assert.equal(rounds, 1)
})

test('a stop ends a pause, after a fault too', async (t) => {
  const idle = loop(t, async () => false)
  await settle()
  await idle.stop()
  const faulty = startLoop({
    name: 'faulty',
    everyMs: 1000,
    run: () => Promise.reject(new Error('no')),
    log: quiet,
    chance: () => 0,
  })
  await settle()
  await faulty.stop()
})
