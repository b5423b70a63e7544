import type { BodyOf, Sender, senderOperations } from '@siar/contract'
import { AppError, canMoveSender } from '@siar/domain'
import type { ChannelKind, SenderId, SenderStatus, WorkspaceId } from '@siar/domain'
import { Readable } from 'node:stream'
import type { Actor, Core } from '../../core.ts'
import type { AccessChecks } from './access-checks.ts'
import { readSettings } from './live-sender.ts'
import { readPairingPhone } from './pairing-phone.ts'
import { createSenderAccess } from './sender-access.ts'
import type { SenderDesk } from './sender-desk.ts'
import { changeSender, createSender } from './sender-entry.ts'
import { presentSenders } from './sender-facts.ts'
import { finish, getSender, presentOne, recordEvent } from './sender-finish.ts'
import { presentPairing, presentSenderEvent } from './senders.present.ts'
import {
  countCampaignsInProgress,
  deleteSender,
  findSenderForChange,
  listSenderEvents,
  listSenders,
  moveSender,
} from './senders.repo.ts'
import type { SenderRow } from './senders.repo.ts'

type CreateBody = BodyOf<typeof senderOperations.create>
type UpdateBody = BodyOf<typeof senderOperations.update>
type CheckBody = BodyOf<typeof senderOperations.checkAccess>
type PairingWish = BodyOf<typeof senderOperations.setPairing>
type Changes = Parameters<typeof moveSender>[3]

const eventsMax = 100

/** Every change locks the row, moves it from the status it was seen in, and tells the process that holds the session. */
interface Change {
  readonly action: string
  /** null leaves the row as it is. */
  readonly decide: (row: SenderRow) => Changes | null
}

export interface SenderDependencies {
  readonly checks: AccessChecks
  readonly desk: SenderDesk
}

export type SenderService = ReturnType<typeof createSenderService>

/**
 * Senders as people handle them. Sessions live elsewhere: what is asked here is written to the sender's row (`wanted`,
 * `command`) and carried out by the process that owns it, at once where the event bus works and within 15 s where an
 * event was lost.
 */
export function createSenderService(core: Core, { checks, desk }: SenderDependencies) {
  const access = createSenderAccess(core, checks)
  return {
    list: (workspaceId: WorkspaceId): Promise<{ data: Sender[] }> =>
      core.inWorkspace(workspaceId, async (scope) => ({
        data: await presentSenders(scope, await listSenders(scope), core.now(), core.config.publicUrl),
      })),
    get: (workspaceId: WorkspaceId, senderId: SenderId): Promise<Sender> =>
      core.inWorkspace(workspaceId, async (scope) =>
        presentOne(core, scope, await getSender(scope, senderId)),
      ),
    create: (workspaceId: WorkspaceId, actor: Actor, body: CreateBody) =>
      createSender(core, access, workspaceId, actor, body),
    update: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, body: UpdateBody) =>
      changeSender(core, access, workspaceId, actor, senderId, body),
    remove: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      remove(core, workspaceId, actor, senderId),
    connect: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.connect', decide: decideConnect }),
    stop: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.stop', decide: decideStop }),
    logOut: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId) =>
      change(core, workspaceId, actor, senderId, { action: 'sender.log_out', decide: decideLogOut }),
    setPairing: (workspaceId: WorkspaceId, actor: Actor, senderId: SenderId, wish: PairingWish) =>
      change(core, workspaceId, actor, senderId, {
        action: 'sender.set_pairing',
        decide: (row) => decidePairing(row, wish),
      }),
    checkAccess: async ({ channel, settings, secrets }: CheckBody, signal: AbortSignal) => ({
      data: [...(await access.check(channel, settings, secrets, signal))],
    }),
    checkKept: async (workspaceId: WorkspaceId, senderId: SenderId, signal: AbortSignal) => {
      const { row, secrets } = await core.inWorkspace(workspaceId, async (scope) => ({
        row: await getSender(scope, senderId),
        secrets: await access.read(scope, senderId),
      }))
      const channel = row.channel as ChannelKind
      return { data: [...(await access.checkKept(channel, readSettings(row.settings), secrets, signal))] }
    },
    screenshot: (workspaceId: WorkspaceId, senderId: SenderId, signal: AbortSignal) =>
      desk
        .ask(workspaceId, senderId, { kind: 'screenshot' }, signal)
        .then((picture) => Readable.from([Buffer.from(picture, 'base64')])),
    groups: async (workspaceId: WorkspaceId, senderId: SenderId, signal: AbortSignal) => ({
      data: [...(await desk.ask(workspaceId, senderId, { kind: 'groups' }, signal))],
    }),
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

/** Begins the pairing again in the way that was asked for. A sender that is linked stays so. */
function decidePairing(row: SenderRow, wish: PairingWish): Changes {
  if (row.pairedAt !== null) throw new AppError('sender_wrong_state', { status: row.status })
  return { ...decideConnect(row), pairing: null, pairingPhone: readPairingPhone(wish) }
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
