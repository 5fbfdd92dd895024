import { ok, type Result } from '../../base/result.ts'
import { recordAct } from '../audit/act.sql.ts'
import { operator, type Actor } from '../audit/act.ts'
import type { Ports } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import { putChannelSetting } from './channel-setting.sql.ts'
import type { Channel } from './channel.ts'
import { settingPurpose } from './find-channel.ts'

export type ConfigureChannel = {
  readonly organizationId: string
  readonly channel: Pick<Channel, 'id' | 'open'>
  /** Where it stands among the ways to pay, from 0. */
  readonly place: number
  /** The channel's own; it says which are missing. */
  readonly settings: unknown
  /** Who sets it; whoever holds the machine, when nobody is named. */
  readonly by?: Actor
}

/** Lets an organization be paid through a channel. Settings that the channel does not take are not stored. */
export async function configureChannel(
  ports: Pick<Ports, 'db' | 'vault' | 'ids' | 'clock'>,
  { organizationId, channel, place, settings, by = operator }: ConfigureChannel,
): Promise<Result<null, Refusal<'channel_unavailable'>>> {
  const opened = channel.open(settings)
  if (!opened.ok) return opened
  const sealed = ports.vault.seal(settingPurpose(organizationId, channel.id), JSON.stringify(settings))
  await ports.db.transaction(async (tx) => {
    await putChannelSetting(tx, { organizationId, channel: channel.id, place, sealed })
    const about = { kind: 'channel', id: channel.id } as const
    await recordAct(tx, { what: 'channel.configured', by, about, organizationId, details: { place } }, ports)
  })
  return ok(null)
}
