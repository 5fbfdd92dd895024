import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { loadConfig } from '../config.ts'
import { masterKeyFile } from '../outside/master-key.ts'
import { keyNames } from './archive/key-names.ts'
import { save } from './archive/save.ts'
import { CommandFault, firstGiven } from './command.ts'
import type { Command } from './command.ts'
import { openDatabase } from './open.ts'

export const command: Command = {
  about:
    'Takes every row as it is at one moment, while the gateway goes on serving. The file holds what the database holds:\n' +
    'keep it as safely. It does not hold the master key: keep that too, in another place.',
  takes: ['FILE'],
  options: { force: { type: 'boolean', meaning: 'replace FILE if it is there' } },
  run: async (asked) => {
    const file = resolve(firstGiven(asked))
    if (existsSync(file) && asked.flags['force'] !== true) {
      throw new CommandFault(`${file} is there already: choose another name or say --force.`)
    }
    if (!existsSync(dirname(file))) throw new CommandFault(`there is no folder ${dirname(file)}`)
    const config = loadConfig(asked.env)
    const database = await openDatabase(config, {
      doing: 'lango backup',
      say: asked.say,
      mustBeThere: true,
    })
    try {
      const saved = await save({
        databaseUrl: database.url,
        file,
        masterKeys: keyNames(config.masterKeys),
        say: asked.say,
      })
      const rows = Object.values(saved.tables).reduce((sum, count) => sum + count, 0)
      const key = masterKeyFile(config.dataFolder)
      return {
        value: { file, ...saved },
        text:
          `${file}: ${rows} rows of ${Object.keys(saved.tables).length} tables.\n` +
          `Without the master key (${existsSync(key) ? key : 'LANGO_MASTER_KEY'}) kept secrets in it stay closed: keep that as well.`,
      }
    } finally {
      await database.close()
    }
  },
}
