import type { QueryOf, ResponseInput, workspaceOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { stringify } from 'csv-stringify'
import { DateTime } from 'luxon'
import { Readable, pipeline } from 'node:stream'
import type { Actor, Core } from '../../core.ts'
import { toPage } from '../../list-cursor.ts'
import { decodeTimeCursor, timeKeysOf } from '../../time-cursor.ts'
import { auditCsvColumns, presentAuditEntry, presentAuditLine } from './audit.present.ts'
import { listAuditEntries } from './audit.repo.ts'
import type { AuditFilter, AuditRow } from './audit.repo.ts'

const exportPageRows = 1000

type ListQuery = QueryOf<typeof workspaceOperations.listAudit>
type ExportQuery = QueryOf<typeof workspaceOperations.exportAudit>

export interface AuditService {
  list(
    workspaceId: WorkspaceId,
    query: ListQuery,
  ): Promise<ResponseInput<typeof workspaceOperations.listAudit>>
  /**
   * The log as CSV, streamed in pages; memory does not grow with its length. A cell that a spreadsheet would run as a
   * formula begins with an apostrophe. The export itself is written to the log.
   */
  exportCsv(workspaceId: WorkspaceId, actor: Actor, query: ExportQuery): Promise<Readable>
}

export function createAuditService(core: Core): AuditService {
  const readPage = (workspaceId: WorkspaceId, filter: AuditFilter, before: AuditRow | null) =>
    core.inWorkspace(workspaceId, (scope) =>
      listAuditEntries(scope, { ...filter, before, limit: exportPageRows }),
    )
  async function* readLines(workspaceId: WorkspaceId, filter: AuditFilter) {
    let last: AuditRow | null = null
    for (;;) {
      const page: AuditRow[] = await readPage(workspaceId, filter, last)
      for (const row of page) yield presentAuditLine(row)
      last = page.at(-1) ?? null
      if (page.length < exportPageRows) return
    }
  }
  return {
    list: async (workspaceId, query) => {
      const { cursor, limit, ...rest } = query
      const filter = { ...toFilter(rest), before: decodeTimeCursor(cursor), limit: limit + 1 }
      const found = await core.inWorkspace(workspaceId, (scope) => listAuditEntries(scope, filter))
      const { rows, nextCursor } = toPage(found, limit, timeKeysOf)
      return { data: rows.map(presentAuditEntry), nextCursor }
    },
    exportCsv: async (workspaceId, actor, query) => {
      const filter = toFilter(query)
      await core.inWorkspace(workspaceId, (scope) => core.audit(scope, { actor, action: 'audit.export' }))
      const csv = stringify({ header: true, columns: [...auditCsvColumns], escape_formulas: true, bom: true })
      pipeline(Readable.from(readLines(workspaceId, filter)), csv, () => undefined)
      return csv
    },
  }
}

function toFilter({ action, actor, from, to }: ExportQuery): AuditFilter {
  return { action, actor, from: parseInstant('from', from), to: parseInstant('to', to) }
}

function parseInstant(path: string, value: string | undefined): Date | undefined {
  if (value === undefined) return undefined
  const instant = DateTime.fromISO(value, { zone: 'utc' })
  if (instant.isValid && instant.year >= 1 && instant.year <= 9999) return instant.toJSDate()
  throw new AppError('validation_failed', { problems: [{ path, message: 'must be an instant in ISO 8601' }] })
}
