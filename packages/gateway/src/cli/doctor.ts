import pg from 'pg'
import { loadConfig } from '../config.ts'
import type { Command } from './command.ts'
import { checks } from './doctor-checks.ts'
import type { Finding } from './doctor-checks.ts'
import { openDatabase } from './open.ts'

export const command: Command = {
  about: 'Looks and changes nothing. Works beside a running gateway. Exit code 1 when something is wrong.',
  takes: [],
  options: {},
  run: async ({ env, say }) => {
    const config = loadConfig(env)
    const database = await openDatabase(config, { doing: 'lango doctor', say, mustBeThere: true })
    const client = new pg.Client({ connectionString: database.url, application_name: 'lango doctor' })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const findings: (Finding & { readonly check: string })[] = []
      for (const { name, look } of checks) {
        const finding = await look({ config, client, databaseUrl: database.url }).catch(failed)
        findings.push({ check: name, ...finding })
      }
      const isBad = findings.some(({ verdict }) => verdict === 'bad')
      return {
        value: { healthy: !isBad, findings },
        text: findings.map(({ check, verdict, says }) => `${marks[verdict]} ${check}: ${says}`).join('\n'),
        isBad,
      }
    } finally {
      await client.end().catch(() => undefined)
      await database.close()
    }
  },
}

const marks: Readonly<Record<Finding['verdict'], string>> = { good: 'ok  ', doubtful: 'LOOK', bad: 'BAD ' }

/** A check that cannot be made is no good sign, and no reason to leave out the others. */
function failed(error: unknown): Finding {
  return { verdict: 'bad', says: error instanceof Error ? error.message : String(error) }
}
