import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import { bindJob } from '../../jobs/job-queue.ts'
import { resumeImportsJob, runImportJob } from './imports.jobs.ts'
import type { ImportService } from './imports.service.ts'

const resumeEveryMs = 30_000

export function importJobBindings(service: ImportService): JobBinding[] {
  return [
    bindJob(runImportJob, ({ workspaceId, importId }, signal) =>
      service.run(workspaceId, importId, { signal }),
    ),
    bindJob(resumeImportsJob, async () => void (await service.resumeImports())),
  ]
}

/** Puts the look-out for imports without a job on the schedule; calling it again keeps one. */
export async function scheduleImportJobs(jobs: JobQueue): Promise<void> {
  await jobs.every(resumeImportsJob, {}, resumeEveryMs)
}
