import type { BodyOf, contactExportOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { stringify } from 'csv-stringify'
import { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } from 'hucre/xlsx'
import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { Actor, Core, Language } from '../../../core.ts'
import type { CursorKeys } from '../../../list-cursor.ts'
import { prepareCounting, refuseSlow } from '../../segments/index.ts'
import type { ContactSelection } from '../contact-bulk.repo.ts'
import type { SelectionInput } from '../contact-filter.ts'
import { toSelection } from '../contact-filter.ts'
import type { ContactFilter } from '../contact-query.ts'
import { countContacts, searchContactIds } from '../contact-search.repo.ts'
import { listCustomFields } from '../custom-fields.repo.ts'
import type { ExportColumn } from './export-columns.ts'
import { exportColumns } from './export-columns.ts'
import { findCursorKeys, loadForExport } from './export.repo.ts'

export type ExportRequest = Omit<BodyOf<typeof contactExportOperations.exportFile>, 'selection'> & {
  readonly selection: SelectionInput
}

interface IdPage {
  readonly ids: readonly string[]
  /** Where the list goes on; null when it ends. */
  readonly next: CursorKeys | null
}

/** Ids fetched at once: a rule of a segment is worked out anew for each page. */
const idsPerPage = 20_000
const rowsPerLoad = 1_000
const statementMs = 25_000

/** People as a file. */
export function createContactExportService(core: Core) {
  const pageOf = async (scope: WorkspaceScope, filter: ContactFilter, after: CursorKeys | null) => {
    if (filter.segment) await prepareCounting(scope, statementMs)
    const ids = await searchContactIds(scope, filter, { sort: 'newest', after, limit: idsPerPage })
    return { ids, next: ids.length < idsPerPage ? null : await findCursorKeys(scope, ids) }
  }

  /** The newest first, so that people who are added meanwhile move nobody. */
  async function* idsOf(workspaceId: WorkspaceId, selection: ContactSelection, first: IdPage) {
    yield first.ids
    if (!('filter' in selection)) return
    const { filter } = selection
    for (let { next } = first; next !== null;) {
      const after = next
      const page = await refuseSlow(() =>
        core.inWorkspace(workspaceId, (scope) => pageOf(scope, filter, after)),
      )
      yield page.ids
      next = page.next
    }
  }

  async function* linesOf(
    workspaceId: WorkspaceId,
    pages: AsyncIterable<readonly string[]>,
    columns: readonly ExportColumn[],
  ): AsyncGenerator<string[]> {
    yield columns.map(({ header }) => header)
    for await (const ids of pages) {
      for (let from = 0; from < ids.length; from += rowsPerLoad) {
        const some = ids.slice(from, from + rowsPerLoad)
        const contacts = await core.inWorkspace(workspaceId, (scope) => loadForExport(scope, some))
        for (const contact of contacts) yield columns.map(({ valueOf }) => valueOf(contact))
      }
    }
  }

  return {
    /**
     * The people of a selection as CSV (UTF-8 with its mark, so that Excel reads it) or XLSX (cells of text), streamed: memory
     * does not grow with their number. The newest of the address book come first; whoever is added or deleted meanwhile may be
     * in it or not, everybody else is in it once. Leaves a line in the audit log.
     *
     * @throws AppError `validation_failed` for columns there are not; `workbook_too_large` when a sheet cannot hold them;
     *         `segment_too_slow`. Errors behind the first page break the stream off.
     */
    async exportContacts(
      workspaceId: WorkspaceId,
      actor: Actor,
      { selection: input, format, columns: asked }: ExportRequest,
      language: Language,
    ): Promise<Readable> {
      const prepared = await refuseSlow(() =>
        core.inWorkspace(workspaceId, async (scope) => {
          const columns = exportColumns(asked, await listCustomFields(scope), language)
          const selection = await toSelection(scope, input, core.now())
          const first =
            'filter' in selection
              ? await pageOf(scope, selection.filter, null)
              : { ids: [...new Set(selection.contactIds)], next: null }
          const contacts =
            'filter' in selection && first.next !== null
              ? await countContacts(scope, selection.filter)
              : first.ids.length
          if (format === 'xlsx' && contacts >= XLSX_MAX_ROWS_PER_SHEET) {
            throw new AppError('workbook_too_large', { contacts, rowsMax: XLSX_MAX_ROWS_PER_SHEET - 1 })
          }
          const details = { format, columns: asked, contacts }
          await core.audit(scope, { actor, action: 'contact.export', details })
          return { columns, selection, first }
        }),
      )
      const pages = idsOf(workspaceId, prepared.selection, prepared.first)
      const lines = linesOf(workspaceId, pages, prepared.columns)
      return format === 'csv' ? toCsv(lines) : toWorkbook(lines, language)
    },
  }
}

function toCsv(lines: AsyncIterable<string[]>): Readable {
  const csv = stringify({ bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
  pipeline(Readable.from(lines), csv, () => undefined)
  return csv
}

function toWorkbook(lines: AsyncIterable<string[]>, language: Language): Readable {
  const name = language === 'id' ? 'Kontak' : 'Contacts'
  const bytes = writeXlsxStream(escaped(lines), { name, freezePane: { rows: 1 } })
  return Readable.fromWeb(bytes as WebStream)
}

/** In a workbook `_x000D_` stands for a character: a text that only looks so says that its underscore is one. */
async function* escaped(lines: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  for await (const cells of lines) yield cells.map((cell) => cell.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'))
}
