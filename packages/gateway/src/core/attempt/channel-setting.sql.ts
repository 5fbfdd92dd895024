import { only, statement, type Row, type Tx } from '../../base/db.ts'

const enabled = statement<{ readonly channel: string }>(
  'find_enabled_channels',
  'select channel from channel_setting where organization_id = $1 and enabled order by place, channel',
)

/** The ids of the ways an organization may be paid, in its order. */
export async function findEnabledChannels(tx: Tx, organizationId: string): Promise<readonly string[]> {
  return (await tx.query(enabled, [organizationId])).map((row) => row.channel)
}

const find = statement<{ readonly sealed: Uint8Array; readonly enabled: boolean }>(
  'find_channel_setting',
  'select sealed, enabled from channel_setting where organization_id = $1 and channel = $2',
)

export type ChannelSetting = { readonly sealed: Uint8Array; readonly enabled: boolean }

/** Its sealed settings, which outlive their use: what was started before it was switched off is still heard. */
export async function findChannelSetting(
  tx: Tx,
  organizationId: string,
  channel: string,
): Promise<ChannelSetting | null> {
  return only(await tx.query(find, [organizationId, channel]))
}

const put = statement<Row>(
  'put_channel_setting',
  `insert into channel_setting (organization_id, channel, place, sealed, enabled) values ($1, $2, $3, $4, true)
   on conflict (organization_id, channel) do update set place = excluded.place, sealed = excluded.sealed, enabled = true`,
)

export async function putChannelSetting(
  tx: Tx,
  setting: {
    readonly organizationId: string
    readonly channel: string
    readonly place: number
    readonly sealed: Uint8Array
  },
): Promise<void> {
  await tx.query(put, [setting.organizationId, setting.channel, setting.place, setting.sealed])
}
