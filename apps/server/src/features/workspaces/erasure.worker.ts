import type { Core } from '../../core.ts'
import { bindJob } from '../../jobs/job-queue.ts'
import type { JobBinding } from '../../jobs/job-queue.ts'
import { eraseRemoved } from './erasure.jobs.ts'
import { deleteRows, deleteWorkspace, listRemovedWorkspaces, listTenantTables } from './erasure.repo.ts'

/** Small enough that one delete stays far from the statement timeout, also where deletes cascade. */
const rowsPerDelete = 2000

const hourMs = 60 * 60_000

export function erasureJobs(core: Core): JobBinding[] {
  return [bindJob(eraseRemoved, (_payload, signal) => eraseAll(core, signal))]
}

/** Looks again every hour for what a crash left behind. */
export async function scheduleErasure(core: Core): Promise<void> {
  await core.jobs.every(eraseRemoved, {}, hourMs)
}

async function eraseAll(core: Core, signal: AbortSignal): Promise<void> {
  const removed = await core.inSystem(listRemovedWorkspaces)
  for (const workspaceId of removed) {
    if (signal.aborted) return
    await eraseWorkspace(core, workspaceId, signal)
  }
}

/** In many small transactions; the workspace itself goes last, so an erasure that breaks off is found again. */
async function eraseWorkspace(core: Core, workspaceId: string, signal: AbortSignal): Promise<void> {
  for (const table of await core.inSystem(listTenantTables)) {
    const deleteSome = () => core.inSystem((scope) => deleteRows(scope, table, workspaceId, rowsPerDelete))
    while (!signal.aborted && (await deleteSome()) > 0);
  }
  if (signal.aborted) return
  await core.files.removeAll(`${workspaceId}/`)
  await core.inSystem((scope) => deleteWorkspace(scope, workspaceId))
}
