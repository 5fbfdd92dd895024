import type { Command } from './command.ts'

/** A line of the table: what `lango --help` shows without loading the command itself. */
export type Entry = {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Every command. A new one is a file and a line. */
export const commands: readonly Entry[] = [
  {
    name: 'start',
    summary: 'serve the gateway; in sandbox mode with demo data, simulators and a demo shop',
    load: () => import('./start.ts'),
  },
  {
    name: 'config',
    summary: 'print each setting with its meaning, default, value and source',
    load: () => import('./config.ts'),
  },
  {
    name: 'migrate',
    summary: 'bring the database to the version of this Lango',
    load: () => import('./migrate.ts'),
  },
  {
    name: 'seed',
    summary: 'fill a sandbox with its demo data',
    load: () => import('./seed.ts'),
  },
  {
    name: 'org create',
    summary: 'make an organization and its keys',
    load: () => import('./org-create.ts'),
  },
  {
    name: 'org import',
    summary: 'bring applications, keys, services and origins in with the ids they have',
    load: () => import('./org-import.ts'),
  },
  {
    name: 'org origin add',
    summary: 'register one more origin of an organization',
    load: () => import('./org-origin-add.ts'),
  },
  {
    name: 'bank link',
    summary: 'let a bank pay into an organization',
    load: () => import('./bank-link.ts'),
  },
  {
    name: 'service create',
    summary: 'make a billable service',
    load: () => import('./service-create.ts'),
  },
  {
    name: 'app create',
    summary: 'register an application (an OAuth client)',
    load: () => import('./app-create.ts'),
  },
  {
    name: 'app list',
    summary: 'list applications, of one organization or of all',
    load: () => import('./app-list.ts'),
  },
  {
    name: 'app show',
    summary: 'show what is registered of an application',
    load: () => import('./app-show.ts'),
  },
  {
    name: 'app change',
    summary: 'change an application: addresses, keys, profile, name and more; off and on',
    load: () => import('./app-change.ts'),
  },
  {
    name: 'api create',
    summary: 'register an API (a resource server) that tokens can be asked for',
    load: () => import('./api-create.ts'),
  },
  {
    name: 'operator add',
    summary: 'make an account an operator of this house',
    load: () => import('./operator-add.ts'),
  },
  {
    name: 'account create',
    summary: 'make an account that can sign in',
    load: () => import('./account-create.ts'),
  },
  {
    name: 'account import',
    summary: 'bring accounts in from another system, with their password hashes',
    load: () => import('./account-import.ts'),
  },
  {
    name: 'channel set',
    summary: 'let an organization be paid through a channel',
    load: () => import('./channel-set.ts'),
  },
  {
    name: 'invoice cancel',
    summary: 'cancel an invoice on which nothing was paid',
    load: () => import('./invoice-cancel.ts'),
  },
  {
    name: 'key rotate',
    summary: 'give a new key beside the old one',
    load: () => import('./key-rotate.ts'),
  },
  {
    name: 'hash',
    summary: 'compute a secure hash, and explain why one does not match',
    load: () => import('./hash.ts'),
  },
  {
    name: 'maintenance',
    summary: 'close the house for a while, or open it again',
    load: () => import('./maintenance.ts'),
  },
  {
    name: 'audit export',
    summary: 'print the audit trail as a file that verifies by itself',
    load: () => import('./audit-export.ts'),
  },
  {
    name: 'audit verify',
    summary: 'check such a file, or the trail in the database',
    load: () => import('./audit-verify.ts'),
  },
  {
    name: 'audit head',
    summary: 'print where the audit trail stands, to be kept elsewhere',
    load: () => import('./audit-head.ts'),
  },
  {
    name: 'backup',
    summary: 'write everything in the database into one file',
    load: () => import('./backup.ts'),
  },
  {
    name: 'restore',
    summary: 'load such a file into an empty database, of this or another cluster',
    load: () => import('./restore.ts'),
  },
  {
    name: 'doctor',
    summary: 'check the installation and the books',
    load: () => import('./doctor.ts'),
  },
]
