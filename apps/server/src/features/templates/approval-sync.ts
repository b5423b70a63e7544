import type { RemoteTemplate, TemplateChange } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import { AppError, compileApproval, isAppError } from '@siar/domain'
import type { SenderId, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { SenderDesk, SenderRef } from '../senders/index.ts'
import { findWabaOf, listAccountSenders } from './approval-accounts.repo.ts'
import { changeByLook, changeByWebhook, isToldOf, isUsable } from './approval-change.ts'
import { syncAccountId, syncAccountJob } from './approvals.jobs.ts'
import {
  changeApproval,
  listAccountsToAsk,
  listOfAccount,
  listRunningMessages,
  lockOfAccount,
} from './approvals.repo.ts'
import type { ApprovalChange, ApprovalRow, ChangeSource, RunningMessage } from './approvals.repo.ts'
import { contentHashOf } from './content-hash.ts'

/** Halts a running campaign whose message can be sent no more, and tells its people. */
export type HaltCampaign = (workspaceId: WorkspaceId, campaignId: string) => Promise<void>

/** Keeps what Siar knows of approvals as Meta has it: by webhooks as they come, and by looking. */
export interface ApprovalSync {
  /**
   * Takes what a session told of templates. Twice equals once, and what is older than the last changes nothing. Rejects when it
   * could not be written, so that the channel tells it again.
   */
  take(sender: Pick<SenderRef, 'workspaceId' | 'senderId'>, changes: readonly TemplateChange[]): Promise<void>
  /**
   * Asks Meta for every template of an account and writes what differs.
   *
   * @throws AppError `sender_unreachable` when no sender of the account can be asked.
   */
  look(workspaceId: WorkspaceId, wabaId: string, signal?: AbortSignal): Promise<void>
  /** Puts a look at every account that something was submitted to in the queue. */
  queueLooks(): Promise<void>
}

type Judge = (row: ApprovalRow) => ApprovalChange | null

export function createApprovalSync(
  core: Core,
  { desk, halt }: { readonly desk: SenderDesk; readonly halt: HaltCampaign },
): ApprovalSync {
  const apply = async (workspaceId: WorkspaceId, wabaId: string, source: ChangeSource, judge: Judge) => {
    // Halted before it is written: after a crash in between the channel tells it again, and it is judged again.
    const lost = await core.inWorkspace(workspaceId, (scope) => findLost(scope, wabaId, judge))
    for (const campaignId of lost) await halt(workspaceId, campaignId)
    await core.inWorkspace(workspaceId, (scope) => write(core, scope, wabaId, source, judge))
  }
  return {
    take: async ({ workspaceId, senderId }, changes) => {
      const wabaId = await core.inWorkspace(workspaceId, (scope) => findWabaOf(scope, senderId))
      if (wabaId === null) return
      for (const told of changes) {
        await apply(workspaceId, wabaId, { kind: 'told', at: told.at }, (row) =>
          isToldOf(row, told) && (row.toldAt === null || row.toldAt <= told.at)
            ? changeByWebhook(row, told)
            : null,
        )
      }
      // A webhook tells less than a look: whether the text is still the one that was submitted.
      const id = syncAccountId(workspaceId, wabaId)
      await core.jobs.add(syncAccountJob, { workspaceId, wabaId }, { id })
    },
    look: async (workspaceId, wabaId, signal) => {
      const remotes = await askAccount(core, desk, workspaceId, wabaId, signal)
      const at = core.now()
      await apply(workspaceId, wabaId, { kind: 'asked', at }, (row) =>
        changeByLook(row, findRemote(row, remotes), at),
      )
    },
    queueLooks: async () => {
      for (const { workspaceId, wabaId } of await core.inSystem(listAccountsToAsk)) {
        const payload = { workspaceId: workspaceId as WorkspaceId, wabaId }
        await core.jobs.add(syncAccountJob, payload, { id: syncAccountId(payload.workspaceId, wabaId) })
      }
    },
  }
}

function findRemote(row: ApprovalRow, remotes: readonly RemoteTemplate[]): RemoteTemplate | null {
  const isIt = ({ remoteId, name, language }: RemoteTemplate): boolean =>
    row.remoteId === null ? name === row.name && language === row.remoteLanguage : remoteId === row.remoteId
  return remotes.find(isIt) ?? null
}

/** Asks the senders of an account in turn until one answers. */
async function askAccount(
  core: Core,
  desk: SenderDesk,
  workspaceId: WorkspaceId,
  wabaId: string,
  signal: AbortSignal | undefined,
): Promise<readonly RemoteTemplate[]> {
  for (const senderId of await sendersToAsk(core, workspaceId, wabaId)) {
    try {
      return await desk.ask(workspaceId, senderId, { kind: 'templates' }, signal)
    } catch (error) {
      if (!isAppError(error) || error.code !== 'sender_unreachable') throw error
    }
  }
  throw new AppError('sender_unreachable', { wabaId })
}

/** Those of an account that are connected. */
export async function sendersToAsk(
  core: Core,
  workspaceId: WorkspaceId,
  wabaId: string,
): Promise<readonly SenderId[]> {
  const senders = await core.inWorkspace(workspaceId, listAccountSenders)
  return senders.filter((sender) => sender.wabaId === wabaId && sender.isOnline).map(({ id }) => id)
}

/** Running campaigns that lose, by what is judged now, the text they send with. */
async function findLost(scope: WorkspaceScope, wabaId: string, judge: Judge): Promise<string[]> {
  const judged = (await listOfAccount(scope, wabaId)).map((row) => ({
    row,
    status: judge(row)?.status ?? row.status,
  }))
  const approved = new Set(
    judged.filter(({ status }) => status === 'approved').map(({ row }) => row.contentHash),
  )
  const lost = new Set<string>()
  for (const { row, status } of judged) {
    if (!isUsable(row.status) || status === row.status || approved.has(row.contentHash)) continue
    for (const message of await listRunningMessages(scope, row.templateId, wabaId))
      if (usesText(message, row)) lost.add(message.campaignId)
  }
  return [...lost]
}

async function write(
  core: Core,
  scope: WorkspaceScope,
  wabaId: string,
  source: ChangeSource,
  judge: Judge,
): Promise<void> {
  const { workspaceId } = scope
  for (const row of await lockOfAccount(scope, wabaId)) {
    const change = judge(row)
    if (change === null) continue
    await changeApproval(scope, row.id, change, source)
    const isNews = change.status !== row.status || change.category !== row.category
    if (isNews) await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id: row.templateId })
  }
}

/** Whether a running message is the very text that was submitted. */
function usesText(
  { texts, footer, media, customKeys, variables }: RunningMessage,
  row: ApprovalRow,
): boolean {
  const knownNames = [...customKeys, ...Object.keys(variables)]
  const compiled = compileApproval({ text: texts[row.language] ?? '', footer, media, knownNames })
  return compiled.ok && contentHashOf(compiled.text) === row.contentHash
}
