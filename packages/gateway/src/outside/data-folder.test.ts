import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DataFolderFault, makeDataFolder } from './data-folder.ts'

let home: string
before(() => {
  home = mkdtempSync(join(tmpdir(), 'lango-data-'))
})
after(() => {
  rmSync(home, { recursive: true })
})

test('a data folder is made with the folders around it, for its owner only, and may be there already', () => {
  const folder = join(home, 'deep', 'down')
  makeDataFolder(folder)
  makeDataFolder(folder)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
})

test('a file, and a place that takes no folders, are refused in words instead of being tried for ever', () => {
  const file = join(home, 'a-file')
  writeFileSync(file, '')
  const refused = [file, join(file, 'inside'), ...(existsSync('/proc/self') ? ['/proc/lango'] : [])]
  for (const folder of refused) {
    assert.throws(
      () => makeDataFolder(folder),
      (fault: unknown) =>
        fault instanceof DataFolderFault && fault.message.startsWith(`${folder} cannot hold the data`),
    )
  }
})
