import { loadConfig } from '../config.ts'
import { migrate, pendingMigrations } from '../outside/migrate.ts'
import type { Command } from './command.ts'
import { openDatabase } from './open.ts'

export const command: Command = {
  about:
    '"lango start" does the same by itself. Any number of these may run at once: each migration is applied once.',
  takes: [],
  options: { 'dry-run': { type: 'boolean', meaning: 'only list what would be applied' } },
  run: async ({ env, flags, say }) => {
    const database = await openDatabase(loadConfig(env), { doing: 'lango migrate', say })
    try {
      if (flags['dry-run'] === true) {
        const pending = await pendingMigrations(database.url)
        return { value: { pending }, text: pending.length === 0 ? 'Nothing to apply.' : pending.join('\n') }
      }
      const { applied, version } = await migrate(database.url, { say })
      const text = applied.length === 0 ? 'Already current' : `Applied ${applied.length}`
      return { value: { applied, version }, text: `${text}: ${database.name} is at version ${version}.` }
    } finally {
      await database.close()
    }
  },
}
