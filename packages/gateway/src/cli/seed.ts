import { loadConfig } from '../config.ts'
import { migrate } from '../outside/migrate.ts'
import { CommandFault, type Command } from './command.ts'
import { seedDemo } from './demo.ts'
import { openDatabase } from './open.ts'

export const command: Command = {
  about:
    'Fills a sandbox with its demo data; what is there already stays. "lango start" does the same by itself.',
  takes: [],
  options: {},
  run: async ({ env, say }) => {
    const config = loadConfig(env)
    if (config.mode !== 'sandbox')
      throw new CommandFault('demo data belongs to a sandbox: LANGO_MODE is live')
    const database = await openDatabase(config, { doing: 'lango seed', say })
    try {
      await migrate(database.url, { say })
      const { demo } = await seedDemo(config, { databaseUrl: database.url, say })
      return { value: demo, text: 'The demo data is there. "lango start" prints how to use it.' }
    } finally {
      await database.close()
    }
  },
}
