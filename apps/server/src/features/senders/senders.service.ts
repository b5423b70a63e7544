import type { BodyOf, Sender, senderOperations } from '@siar/contract'
import { SenderSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, canMoveSender } from '@siar/domain'
import type { SenderId, SenderStatus, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { presentSenders } from './sender-facts.ts'
import { presentPairing, presentSenderEvent } from './senders.present.ts'
import {
  countCampaignsInProgress,
  deleteSender,
  findSender,
  findSenderForChange,
  insertSender,
  insertSenderEvent,
  listSenderEvents,
  listSenders,
  moveSender,
  updateSender,
} from './senders.repo.ts'
import type { SenderRow } from './senders.repo.ts'
import { shardOf } from './shard.ts'

type CreateBody = BodyOf<typeof senderOperations.create>
type UpdateBody = BodyOf<typeof senderOperations.update>
type Changes = Parameters<typeof moveSender>[3]

const eventsMax = 100

/** Every change locks the row, moves it from the status it was seen in, and tells the process that holds the session. */
interface Change {
  readonly action: string
  /** null leaves the row as it is. */
  readonly decide: (row: SenderRow) => Changes | null
}

export type SenderService = ReturnType<typeof createSenderService>

/**
 * Senders as people handle them. Sessions live elsewhere: what is asked here is written to the sender's row (`wanted`,
 * `command`) and carried out by the process that owns it, at once where the event bus works and within 15 s where an
 * event was lost.
 */
export function createSenderService(core: Core) {
  return {
    list: (workspaceId: WorkspaceId): Promise<{ data: Sender[] }> =>
      core.inWorkspace(workspaceId, async (scope) => ({
        data: await presentSenders(scope, await listSenders(scope), core.now()),
      })),
    get: (workspaceId: WorkspaceId, senderId: SenderId): Promise<Sender> =>
      core.inWorkspace(workspaceId, async (scope) =>
        presentOne(core, scope, await getSender(scope, senderId)),
      ),
    create: (workspaceId: WorkspaceId, actor: Actor, body: CreateBody) =>
      create(core, workspaceId, actor, body),
    update: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, body: UpdateBody) =>
      update(core, workspaceId, actor, senderId, body),
    remove: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      remove(core, workspaceId, actor, senderId),
    connect: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.connect', decide: decideConnect }),
    stop: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.stop', decide: decideStop }),
    logOut: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.log_out', decide: decideLogOut }),
    scan: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, data: string) =>
      change(core, workspaceId, actor, senderId, {
        action: 'sender.scan',
        decide: (row) => decideScan(row, data, core.now()),
      }),
    pairing: (workspaceId: WorkspaceId, senderId: SenderId) =>
      core.inWorkspace(workspaceId, async (scope) =>
        presentPairing(await getSender(scope, senderId), core.now()),
      ),
    events: (workspaceId: WorkspaceId, senderId: SenderId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await getSender(scope, senderId)
        const rows = await listSenderEvents(scope, senderId, eventsMax)
        return { data: rows.map(presentSenderEvent) }
      }),
  }
}

async function getSender(scope: WorkspaceScope, senderId: SenderId): Promise<SenderRow> {
  const row = await findSender(scope, senderId)
  if (!row) throw new AppError('not_found')
  return row
}

async function presentOne(core: Core, scope: WorkspaceScope, row: SenderRow): Promise<Sender> {
  const [sender] = await presentSenders(scope, [row], core.now())
  if (!sender) throw new AppError('not_found')
  return sender
}

/** What every change ends with: the audit line, the word to the owner of the session, the sender as it is now. */
async function finish(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  action: string,
  senderId: SenderId,
): Promise<Sender> {
  await core.audit(scope, { actor, action, subjectId: senderId })
  await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId: scope.workspaceId, id: senderId })
  return presentOne(core, scope, await getSender(scope, senderId))
}

async function recordEvent(
  core: Core,
  scope: WorkspaceScope,
  senderId: SenderId,
  kind: string,
): Promise<void> {
  await insertSenderEvent(scope, {
    id: core.newId('evt'),
    workspaceId: scope.workspaceId,
    senderId,
    kind,
    at: core.now(),
  })
}

async function create(core: Core, workspaceId: WorkspaceId, actor: Actor, body: CreateBody): Promise<Sender> {
  return core.inWorkspace(workspaceId, async (scope) => {
    const id = core.newId('snd')
    const now = core.now()
    await insertSender(scope, {
      id,
      workspaceId,
      name: body.name,
      channel: body.channel,
      shard: shardOf(id),
      settings: body.settings ?? SenderSettings.parse({ simulator: {} }),
      numberSince: body.numberSince,
      wanted: true,
      statusAt: now,
      createdAt: now,
      updatedAt: now,
    })
    await recordEvent(core, scope, id, 'created')
    return finish(core, scope, actor, 'sender.create', id)
  })
}

async function update(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  senderId: SenderId,
  body: UpdateBody,
): Promise<Sender> {
  return core.inWorkspace(workspaceId, async (scope) => {
    await getSender(scope, senderId)
    const { name, useForCampaigns, settings, numberSince } = body
    await updateSender(scope, senderId, {
      ...(name === undefined ? {} : { name }),
      ...(useForCampaigns === undefined ? {} : { useForCampaigns }),
      ...(settings === undefined ? {} : { settings }),
      ...(numberSince === undefined ? {} : { numberSince }),
      updatedAt: core.now(),
    })
    return finish(core, scope, actor, 'sender.update', senderId)
  })
}

/** @throws AppError `sender_in_use` while a campaign that has begun still needs it. */
async function remove(core: Core, workspaceId: WorkspaceId, actor: Actor, senderId: SenderId): Promise<void> {
  await core.inWorkspace(workspaceId, async (scope) => {
    if (!(await findSenderForChange(scope, senderId))) throw new AppError('not_found')
    const inUse = await countCampaignsInProgress(scope, senderId)
    if (inUse > 0) throw new AppError('sender_in_use', { campaigns: inUse })
    await deleteSender(scope, senderId)
    await core.audit(scope, { actor, action: 'sender.remove', subjectId: senderId })
    await core.bus.publishIn(scope, { kind: 'sender.changed', workspaceId, id: senderId })
  })
}

async function change(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  senderId: SenderId,
  { action, decide }: Change,
): Promise<Sender> {
  return core.inWorkspace(workspaceId, async (scope) => {
    const row = await findSenderForChange(scope, senderId)
    if (!row) throw new AppError('not_found')
    const changes = decide(row)
    if (changes === null) return presentOne(core, scope, row)
    const now = core.now()
    const moves = changes.status !== undefined && changes.status !== row.status
    const status = moves ? { statusAt: now, statusReason: null } : {}
    const moved = await moveSender(scope, senderId, row.status, { ...changes, ...status, updatedAt: now })
    if (!moved) throw new AppError('sender_wrong_state', { status: row.status })
    if (moves) await recordEvent(core, scope, senderId, changes.status ?? action)
    return finish(core, scope, actor, action, senderId)
  })
}

/** Live statuses stay; an ended sender starts again, by pairing when its credentials are gone. */
function decideConnect(row: SenderRow): Changes {
  const target: SenderStatus = row.pairedAt === null ? 'pairing' : 'reconnecting'
  const status =
    isEnded(row.status) && canMoveSender(row.status, target) ? { status: target, pairing: null } : {}
  return { ...status, wanted: true, command: { kind: 'connect' } }
}

function isEnded(status: SenderStatus): boolean {
  return status === 'stopped' || status === 'offline' || status === 'logged_out' || status === 'banned'
}

function decideStop(row: SenderRow): Changes | null {
  if (row.status === 'stopped') return null
  return { status: 'stopped', wanted: false, pairing: null, command: null }
}

/** A stopped or new sender only loses its credentials; any live one is logged out. */
function decideLogOut(row: SenderRow): Changes | null {
  if (row.status === 'logged_out') return null
  const status = canMoveSender(row.status, 'logged_out') ? { status: 'logged_out' as const } : {}
  return { ...status, wanted: false, pairedAt: null, pairing: null, command: { kind: 'log_out' } }
}

/** @throws AppError `sender_wrong_state` when the code is not the one shown now. */
function decideScan(row: SenderRow, data: string, now: Date): Changes {
  const shown = presentPairing(row, now).qr
  if (row.channel !== 'simulator' || shown === null || shown.data !== data) {
    throw new AppError('sender_wrong_state', { status: row.status, reason: 'the code is not shown any more' })
  }
  return { command: { kind: 'scan', data } }
}
