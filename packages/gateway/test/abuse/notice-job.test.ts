import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimNotices } from '../../src/core/notice/claim-notices.ts'
import { releaseNotices } from '../../src/core/notice/release-notices.ts'
import { deliverJob } from '../../src/jobs/deliver.ts'
import { every } from '../../src/jobs/job.ts'
import { startJobs, type RunningJobs } from '../../src/jobs/jobs.ts'
import { seconds } from '../../src/base/time.ts'
import { openDesk, organization, status, type Desk } from './notice-desk.ts'

function run(t: TestContext, desk: Desk): RunningJobs {
  const running = startJobs(desk, [deliverJob(), every(50, 'release abandoned notices', releaseNotices)])
  t.after(running.stop)
  return running
}

async function until(isSo: () => boolean, withinMs: number): Promise<number> {
  const started = performance.now()
  while (!isSo()) {
    if (performance.now() - started > withinMs) assert.fail(`not so within ${withinMs} ms`)
    await sleep(2)
  }
  return performance.now() - started
}

test('a fresh notice goes out within a tenth of a second when its process nudges, and within a second or so by itself', async (t) => {
  const desk = await openDesk(t)
  const jobs = run(t, desk)
  await sleep(100)
  await desk.write({})
  jobs.nudge('deliver notices')
  const nudged = await until(() => desk.sent.length === 1, 2000)
  assert.ok(nudged < 100, `${nudged} ms`)
  await desk.write({})
  await until(() => desk.sent.length === 2, 1500)
})

test('while thirty hosts hang, another host’s notices go out at once [money 47] [money 58]', async (t) => {
  const desk = await openDesk(t)
  const hanging: (() => void)[] = []
  desk.answerWith(async ({ url }) => {
    if (url.startsWith('https://fast.')) return status(200)
    return await new Promise((done) => hanging.push(() => done({ kind: 'no-answer', because: 'timeout' })))
  })
  for (let count = 0; count < 600; count += 1)
    await desk.write({ endpoint: `https://hangs${count % 30}.example/ipn` })
  const jobs = run(t, desk)
  await until(() => hanging.length >= 30 * 16, 5000)
  const before = desk.sent.length
  await desk.write({ endpoint: 'https://fast.example/ipn' })
  jobs.nudge('deliver notices')
  const took = await until(() => desk.sent.length > before, 2000)
  assert.ok(took < 250, `${took} ms`)
  assert.ok(hanging.length <= 30 * 16)
  for (const end of hanging) end()
})

test('a burst into one host is delivered whole, sixteen abreast at most', async (t) => {
  const desk = await openDesk(t)
  let abreast = 0
  let most = 0
  desk.answerWith(async () => {
    abreast += 1
    most = Math.max(most, abreast)
    await sleep(5)
    abreast -= 1
    return status(200)
  })
  for (let count = 0; count < 200; count += 1) await desk.write({})
  run(t, desk)
  await until(() => desk.sent.length === 200, 10_000)
  assert.ok(most > 1 && most <= 16, String(most))
  assert.equal(new Set(desk.sent.map(({ headers }) => headers['webhook-id'])).size, 200)
})

test('a stop waits for the answer under way, and its outcome is saved', async (t) => {
  const desk = await openDesk(t)
  desk.answerWith(async () => {
    await sleep(150)
    return status(200)
  })
  await desk.write({})
  const jobs = run(t, desk)
  await until(() => desk.sent.length === 1, 2000)
  await jobs.stop()
  assert.equal((await desk.listed(organization))[0]?.state, 'delivered')
})

test('what a killed process had in hand is taken over by a running one [money 60]', async (t) => {
  const desk = await openDesk(t)
  await desk.write({})
  assert.equal((await claimNotices(desk.secondProcess(), 10, null)).notices.length, 1)
  desk.pass(seconds(26))
  run(t, desk)
  await until(() => desk.sent.length === 1, 3000)
})

test('a thousand idle rounds a process cost it next to nothing', async (t) => {
  const desk = await openDesk(t)
  for (let count = 0; count < 100; count += 1) await claimNotices(desk, 256, null)
  const before = process.cpuUsage()
  for (let count = 0; count < 1000; count += 1) await claimNotices(desk, 256, null)
  const { user, system } = process.cpuUsage(before)
  const eachMs = (user + system) / 1000 / 1000
  // One a second: this is the share of a core in thousandths.
  assert.ok(eachMs < 5, `${eachMs} ms of processor a round`)
})
