import { resolve } from 'node:path'
import { loadConfig } from '../config.ts'
import type { Config } from '../config.ts'
import { masterKeyFile } from '../outside/master-key.ts'
import { keyNames } from './archive/key-names.ts'
import { load } from './archive/load.ts'
import { verifyArchive } from './archive/read.ts'
import { CommandFault, firstGiven } from './command.ts'
import type { Command } from './command.ts'
import { openDatabase } from './open.ts'

export const command: Command = {
  about:
    'The whole file is verified before the first row is loaded, and all rows are loaded in one transaction. The database\n' +
    'must be empty or hold nothing but migrations: use a new LANGO_DATA, or a new database in DATABASE_URL.',
  takes: ['FILE'],
  options: {
    'other-key': {
      type: 'boolean',
      meaning: 'go on although kept secrets were closed with a key that is not here',
    },
  },
  run: async (asked) => {
    const file = resolve(firstGiven(asked))
    const { header } = await verifyArchive(file)
    const config = loadConfig(asked.env)
    if (asked.flags['other-key'] !== true) mustOpen(header.masterKeys, config)
    const database = await openDatabase(config, { doing: 'lango restore', say: asked.say })
    try {
      const { tables, version } = await load({ databaseUrl: database.url, file, say: asked.say })
      const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
      return {
        value: { file, madeAt: header.madeAt, tables, version },
        text: `${rows} rows of ${header.madeAt} are in ${database.name}, at version ${version}. "lango doctor" checks the books.`,
      }
    } finally {
      await database.close()
    }
  },
}

function mustOpen(needed: readonly string[], config: Config): void {
  const here = keyNames(config.masterKeys)
  if (needed.every((name) => here.includes(name))) return
  throw new CommandFault(
    'the secrets in this backup were closed with a master key that is not here. Put the master.key of the installation ' +
      `that made it in the place of ${masterKeyFile(config.dataFolder)} (or set LANGO_MASTER_KEY), or go on without ` +
      'those secrets by --other-key.',
  )
}
