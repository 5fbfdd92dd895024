// As tokens-in-time, but with many steps at the same moment, where what matters is which of them comes first.
import { after, before, test } from 'node:test'
import { bundleOf } from './history.ts'
import { openStage, type Stage } from './play.ts'
import { histories, runHistories } from './run-histories.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(async () => {
  await stage.close()
})

test(`no token lives that the model says is dead, in ${histories} histories of many steps at once`, async () => {
  await runHistories(stage, bundleOf({ size: stage.size, waits: [0], together: 5 }))
})
