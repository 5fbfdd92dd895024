import { ok, type Result } from '../../base/result.ts'
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
}

/** Lets an organization be paid through a channel. Settings that the channel does not take are not stored. */
export async function configureChannel(
  { db, vault }: Pick<Ports, 'db' | 'vault'>,
  { organizationId, channel, place, settings }: ConfigureChannel,
): Promise<Result<null, Refusal<'channel_unavailable'>>> {
  const opened = channel.open(settings)
  if (!opened.ok) return opened
  const sealed = vault.seal(settingPurpose(organizationId, channel.id), JSON.stringify(settings))
  await putChannelSetting(db, { organizationId, channel: channel.id, place, sealed })
  return ok(null)
}
