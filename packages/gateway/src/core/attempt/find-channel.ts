import { oncePer } from '../../base/once.ts'
import type { Deps } from '../deps.ts'
import type { Ports } from '../ports.ts'
import { findChannelSetting } from './channel-setting.sql.ts'
import type { Channel, ChannelWorld, OpenChannel } from './channel.ts'
import { tokenShare } from './share-token.ts'

export type FoundChannel = {
  readonly channel: Channel
  readonly open: OpenChannel
  readonly enabled: boolean
}

/** A channel as an organization set it up; null when it did not, or when its settings do not hold any more. */
export async function findChannel(
  deps: Deps,
  organizationId: string,
  id: string,
): Promise<FoundChannel | null> {
  const channel = deps.channels.get(id)
  if (channel === undefined) return null
  const setting = await findChannelSetting(deps.db, organizationId, id)
  if (setting === null) return null
  const settings: unknown = JSON.parse(deps.vault.open(settingPurpose(organizationId, id), setting.sealed))
  const open = channel.open(settings)
  if (!open.ok) {
    deps.log.error('channel.settings', { organizationId, channel: id, because: open.refusal.because })
    return null
  }
  return { channel, open: open.value, enabled: setting.enabled }
}

/** What settings are sealed for: those of one organization do not open for another. */
export function settingPurpose(organizationId: string, channel: string): string {
  return `channel-setting ${organizationId} ${channel}`
}

/** What channels may use of the world. */
export function channelWorld(deps: Deps): ChannelWorld {
  return { net: deps.net, clock: deps.clock, token: shareOf(deps) }
}

const shareOf = oncePer((ports: Ports) => tokenShare(ports))
