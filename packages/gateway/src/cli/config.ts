import { explainConfig } from '../config.ts'
import type { Command } from './command.ts'

export const command: Command = {
  about:
    'Every setting is an environment variable. Secrets are never shown. Exit code 1 when a setting has a fault.',
  takes: [],
  options: {},
  run: ({ env }) => {
    const { settings, faults } = explainConfig(env)
    const lines = settings.flatMap(({ name, meaning, value, source, default: fallback }) => [
      `${name} = ${value}`,
      `    ${meaning}`,
      `    from: ${source}${source === 'default' ? '' : ` (default: ${fallback})`}`,
    ])
    const told = faults.length === 0 ? [] : ['', 'Faults:', ...faults.map((fault) => `  - ${fault}`)]
    return Promise.resolve({
      value: { settings, faults },
      text: [...lines, ...told].join('\n'),
      isBad: faults.length > 0,
    })
  },
}
