// Random histories against a model in memory: no token lives that the model says is dead, and none is dead that lives.
import { after, before, test } from 'node:test'
import { bundleOf, waits } from './history.ts'
import { openStage, type Stage } from './play.ts'
import { histories, runHistories } from './run-histories.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(async () => {
  await stage.close()
})

test(`no token lives that the model says is dead, in ${histories} histories through time`, async () => {
  await runHistories(stage, bundleOf({ size: stage.size, waits, together: 2 }))
})
