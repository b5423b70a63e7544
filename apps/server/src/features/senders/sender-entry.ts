import type { BodyOf, Sender, senderOperations } from '@siar/contract'
import { CloudApiSettings, SenderSettings } from '@siar/contract'
import type { ChannelKind, SenderId, WorkspaceId } from '@siar/domain'
import { AppError, isAppError } from '@siar/domain'
import { isDeepStrictEqual } from 'node:util'
import type { Actor, Core } from '../../core.ts'
import { readSettings } from './live-sender.ts'
import { readPairingPhone } from './pairing-phone.ts'
import { accountOf } from './sender-access.ts'
import type { SenderAccess } from './sender-access.ts'
import { finish, getSender, recordEvent } from './sender-finish.ts'
import { insertSender, updateSender } from './senders.repo.ts'
import type { SenderRow } from './senders.repo.ts'
import { shardOf } from './shard.ts'

type CreateBody = BodyOf<typeof senderOperations.create>
type UpdateBody = BodyOf<typeof senderOperations.update>

/**
 * Adds a sender after what was entered was tried live.
 *
 * @throws AppError `validation_failed`, `channel_unreachable`, `sender_account_taken`.
 */
export async function createSender(
  core: Core,
  access: SenderAccess,
  workspaceId: WorkspaceId,
  actor: Actor,
  body: CreateBody,
): Promise<Sender> {
  const { channel, pairing } = body
  const settings = body.settings ?? deliveredSettings(channel)
  const secrets = await access.require(channel, settings, body.secrets)
  const pairingPhone = readPairingPhone(pairing ?? { by: 'qr' })
  return once(core, workspaceId, async (scope) => {
    const id = core.newId('snd')
    const now = core.now()
    await insertSender(scope, {
      id,
      workspaceId,
      name: body.name,
      channel,
      account: accountOf(channel, settings),
      pairingPhone,
      shard: shardOf(id),
      settings,
      secretsAt: now,
      numberSince: body.numberSince,
      wanted: true,
      statusAt: now,
      createdAt: now,
      updatedAt: now,
    })
    await access.save(scope, id, secrets)
    await recordEvent(core, scope, id, 'created')
    return finish(core, scope, actor, 'sender.create', id)
  })
}

/** As delivered, with the part of the channel where that needs nothing of a person. */
function deliveredSettings(channel: ChannelKind): SenderSettings {
  return SenderSettings.safeParse({ [channel]: {} }).data ?? SenderSettings.parse({})
}

/** Changes a sender; a new way in is tried live before it is kept. @throws AppError as `createSender` does, `not_found`. */
export async function changeSender(
  core: Core,
  access: SenderAccess,
  workspaceId: WorkspaceId,
  actor: Actor,
  senderId: SenderId,
  body: UpdateBody,
): Promise<Sender> {
  const { name, useForCampaigns, settings, numberSince } = body
  const known = await core.inWorkspace(workspaceId, async (scope) => {
    const row = await getSender(scope, senderId)
    return { row, secrets: await access.read(scope, senderId) }
  })
  const channel = known.row.channel as ChannelKind
  const newSettings = settings && keepChannelPart(channel, known.row, settings)
  const isNewAccess =
    body.secrets !== undefined ||
    (newSettings !== undefined && !isSameAccess(channel, known.row, newSettings))
  const secrets = isNewAccess
    ? await access.require(
        channel,
        newSettings ?? readSettings(known.row.settings),
        body.secrets,
        known.secrets,
      )
    : null
  return once(core, workspaceId, async (scope) => {
    await getSender(scope, senderId)
    const now = core.now()
    await updateSender(scope, senderId, {
      ...(name === undefined ? {} : { name }),
      ...(useForCampaigns === undefined ? {} : { useForCampaigns }),
      ...(newSettings === undefined
        ? {}
        : { settings: newSettings, account: accountOf(channel, newSettings) }),
      ...(secrets === null ? {} : { secretsAt: now }),
      ...(numberSince === undefined ? {} : { numberSince }),
      updatedAt: now,
    })
    if (secrets !== null) await access.save(scope, senderId, secrets)
    return finish(core, scope, actor, 'sender.update', senderId)
  })
}

/** A form that changes limits sends no part of the channel; what was entered before stays. */
function keepChannelPart(channel: ChannelKind, row: SenderRow, settings: SenderSettings): SenderSettings {
  const part = channel === 'gateway' ? undefined : settings[channel]
  return part === undefined ? { ...settings, [channel]: row.settings[channel] } : settings
}

function isSameAccess(channel: ChannelKind, row: SenderRow, settings: SenderSettings): boolean {
  const before = readSettings(row.settings)
  if (channel === 'gateway') return true
  return isDeepStrictEqual(withoutManners(before)[channel], withoutManners(settings)[channel])
}

/** How an official number sends opens nothing, so it is not tried live. */
function withoutManners({ cloud_api: official, ...settings }: SenderSettings): SenderSettings {
  if (!official) return settings
  const { phoneNumberId, wabaId, appId, apiVersion } = official
  return { ...settings, cloud_api: CloudApiSettings.parse({ phoneNumberId, wabaId, appId, apiVersion }) }
}

/** One number is one sender of the installation. */
async function once<T>(core: Core, ...[workspaceId, run]: Parameters<Core['inWorkspace']>): Promise<T> {
  try {
    return (await core.inWorkspace(workspaceId, run)) as T
  } catch (error) {
    if (isAppError(error) && error.code === 'already_exists')
      throw new AppError('sender_account_taken', {}, { cause: error })
    throw error
  }
}
