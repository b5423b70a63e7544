import type { JobBinding } from '../../jobs/job-queue.ts'
import { bindJob } from '../../jobs/job-queue.ts'
import { runImportJob } from './imports.jobs.ts'
import type { ImportService } from './imports.service.ts'

export function importJobBindings(service: ImportService): JobBinding[] {
  return [
    bindJob(runImportJob, ({ workspaceId, importId }, signal) =>
      service.run(workspaceId, importId, { signal }),
    ),
  ]
}
