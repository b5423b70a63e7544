import type { ImportId, WorkspaceId } from '@siar/domain'
import { isId } from '@siar/domain'
import { z } from 'zod'
import { defineJob } from '../../jobs/job-queue.ts'

/** Runs an import; a lost database is tried again for about five minutes, each time from the last batch. */
export const runImportJob = defineJob({
  name: 'imports.run',
  payload: z.object({
    workspaceId: z.custom<WorkspaceId>((value) => isId('ws', value)),
    importId: z.custom<ImportId>((value) => isId('imp', value)),
  }),
  attemptsMax: 8,
  backoffMs: 2_000,
  duration: 'long',
})

/** Looks for imports that run without a job: the database was lost between their start and their place in the queue. */
export const resumeImportsJob = defineJob({
  name: 'imports.resume',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

/** One job for one import, however often it is asked for. */
export function importJobId(workspaceId: WorkspaceId, importId: ImportId): string {
  return `import-${workspaceId}-${importId}`
}
