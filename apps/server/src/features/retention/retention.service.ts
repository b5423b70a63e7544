import { WorkspaceSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { systemActor } from '../../core.ts'
import {
  deleteRecords,
  deleteRejects,
  emptyImport,
  emptyMessages,
  findMessagesMark,
  keepMessagesMark,
  listKeepingWorkspaces,
  listOldImports,
} from './retention.repo.ts'
import type { KeepingWorkspace } from './retention.repo.ts'

const dayMs = 24 * 60 * 60_000

/** Far below the statement timeout, also on a slow disk. */
const rowsPerStatement = 2_000

const importsAtOnce = 100

/** Channels tell late, up to a week; what came late is looked for once more. */
const lateDays = 8

const actor = systemActor('retention')

export interface Retention {
  /**
   * Removes in every workspace what its settings keep no longer, in many small transactions. Breaking off loses nothing: the next
   * round goes on. A workspace that fails is told in the log and does not hold up the others. Running it twice at once does no harm.
   */
  carryOut(signal: AbortSignal): Promise<void>
}

export function createRetention(core: Core): Retention {
  return {
    carryOut: async (signal) => {
      for (const workspace of await core.inSystem(listKeepingWorkspaces)) {
        if (signal.aborted) return
        try {
          await carryOutIn(core, workspace, signal)
        } catch (error) {
          core.logger.error({ err: error, workspaceId: workspace.id }, 'retention failed and is tried again')
        }
      }
    },
  }
}

async function carryOutIn(core: Core, workspace: KeepingWorkspace, signal: AbortSignal): Promise<void> {
  const { retention } = WorkspaceSettings.parse({ retention: workspace.retention ?? undefined })
  const before = (days: number): Date | null =>
    days === 0 ? null : new Date(core.now().getTime() - days * dayMs)
  const removed = {
    messages: await emptyOldMessages(core, workspace.id, before(retention.messages), signal),
    imports: await emptyOldImports(core, workspace.id, before(retention.imports), signal),
    records: await deleteOldRecords(core, workspace.id, before(retention.records), signal),
  }
  if (Object.values(removed).every((count) => count === 0)) return
  await core.inWorkspace(workspace.id, (scope) =>
    core.audit(scope, { actor, action: 'workspace.retention', subjectId: workspace.id, details: removed }),
  )
}

/** Day by day, so that each look reads one day of messages. */
async function emptyOldMessages(
  core: Core,
  id: WorkspaceId,
  before: Date | null,
  signal: AbortSignal,
): Promise<number> {
  const mark = before && (await core.inWorkspace(id, findMessagesMark))
  if (before === null || mark === null) return 0
  let fromMs = mark.getTime() - lateDays * dayMs
  let count = 0
  while (fromMs < before.getTime() && !signal.aborted) {
    const from = new Date(fromMs)
    const to = new Date(Math.min(fromMs + dayMs, before.getTime()))
    count += await untilDone(core, id, signal, (scope) => emptyMessages(scope, from, to, rowsPerStatement))
    fromMs = to.getTime()
    if (to > mark && !signal.aborted) await core.inWorkspace(id, (scope) => keepMessagesMark(scope, to))
  }
  return count
}

async function emptyOldImports(
  core: Core,
  id: WorkspaceId,
  before: Date | null,
  signal: AbortSignal,
): Promise<number> {
  if (before === null) return 0
  let count = 0
  for (;;) {
    const old = await core.inWorkspace(id, (scope) => listOldImports(scope, before, importsAtOnce))
    for (const { id: importId, storageKey } of old) {
      await untilDone(core, id, signal, (scope) => deleteRejects(scope, importId, rowsPerStatement))
      if (signal.aborted) return count
      await core.files.remove(storageKey)
      await core.inWorkspace(id, (scope) => emptyImport(scope, importId, core.now()))
      count += 1
    }
    if (old.length < importsAtOnce) return count
  }
}

async function deleteOldRecords(
  core: Core,
  id: WorkspaceId,
  before: Date | null,
  signal: AbortSignal,
): Promise<number> {
  if (before === null) return 0
  return untilDone(core, id, signal, (scope) => deleteRecords(scope, before, rowsPerStatement))
}

/** Repeats a bounded removal, each in a transaction of its own, until one finds nothing. @returns how many in all. */
async function untilDone(
  core: Core,
  id: WorkspaceId,
  signal: AbortSignal,
  remove: (scope: WorkspaceScope) => Promise<number>,
): Promise<number> {
  let count = 0
  while (!signal.aborted) {
    const removed = await core.inWorkspace(id, remove)
    if (removed === 0) return count
    count += removed
  }
  return count
}
