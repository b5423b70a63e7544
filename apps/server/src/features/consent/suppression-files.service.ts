import type { ResponseInput, contactOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { phoneProblems } from '@siar/domain/phone'
import { stringify } from 'csv-stringify'
import { Readable, pipeline } from 'node:stream'
import type { Actor, Core, Language } from '../../core.ts'
import type { CursorKeys } from '../../list-cursor.ts'
import { getPhoneRules } from '../addresses/index.ts'
import { readSuppressionText } from './suppression-file.ts'
import { suppressionReasonTexts } from './suppression-reasons.ts'
import { insertSuppressions, listSuppressions } from './suppressions.repo.ts'
import type { SuppressionRow } from './suppressions.repo.ts'

export type SuppressionFilesService = ReturnType<typeof createSuppressionFilesService>

const rejectsShown = 200
const rowsMax = 50_000
const pageRows = 1_000

/** The suppression list as files: taken in whole, given out whole. */
export function createSuppressionFilesService(core: Core) {
  async function* readLines(workspaceId: WorkspaceId, language: Language) {
    let after: CursorKeys | null = null
    for (;;) {
      const page: SuppressionRow[] = await core.inWorkspace(workspaceId, (scope) =>
        listSuppressions(scope, { patterns: [], reason: null }, after, pageRows),
      )
      for (const { value, reason, note, createdAt } of page) {
        yield {
          value,
          reason: suppressionReasonTexts[reason][language],
          note,
          since: createdAt.toISOString(),
        }
      }
      const last = page.at(-1)
      if (!last || page.length < pageRows) return
      after = [last.createdAtText, last.id]
    }
  }
  return {
    /**
     * Suppresses every number of a text, all or none. Who is on the list already stays there with the reason of before.
     *
     * @throws AppError `validation_failed` beyond 50,000 numbers.
     */
    async importText(
      workspaceId: WorkspaceId,
      actor: Actor,
      { text, note }: { text: string; note: string },
      language: Language,
    ): Promise<ResponseInput<typeof contactOperations.importSuppressions>> {
      const { country } = await core.inWorkspace(workspaceId, getPhoneRules)
      const { lines, repeated, rejected } = await readSuppressionText(text, country)
      if (lines.length > rowsMax) {
        throw new AppError('validation_failed', {
          problems: [{ path: 'text', message: `at most ${rowsMax} numbers at once` }],
        })
      }
      const added = await core.inWorkspace(workspaceId, async (scope) => {
        const count = await insertSuppressions(
          scope,
          lines.map((line) => ({ ...line, id: core.newId('sup'), note: line.note || note })),
          { createdBy: actor.id, at: core.now() },
        )
        await core.audit(scope, {
          actor,
          action: 'suppression.import',
          details: { added: count, already: lines.length - count, rejected: rejected.length },
        })
        if (count > 0) await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
        return count
      })
      return {
        added,
        already: lines.length - added,
        repeated,
        rejected: rejected.length,
        rejects: rejected.slice(0, rejectsShown).map(({ row, text: shown, reason }) => ({
          row,
          text: shown,
          reason: phoneProblems[reason][language],
        })),
      }
    },

    /** The whole list as CSV, streamed. A cell that a spreadsheet would run as a formula begins with an apostrophe. Audited. */
    async exportCsv(workspaceId: WorkspaceId, actor: Actor, language: Language): Promise<Readable> {
      await core.inWorkspace(workspaceId, (scope) =>
        core.audit(scope, { actor, action: 'suppression.export' }),
      )
      const headers =
        language === 'id' ? ['Nomor', 'Alasan', 'Catatan', 'Sejak'] : ['Number', 'Reason', 'Note', 'Since']
      const columns = ['value', 'reason', 'note', 'since'].map((key, index) => ({
        key,
        header: headers[index] ?? key,
      }))
      const csv = stringify({ header: true, columns, escape_formulas: true, bom: true })
      pipeline(Readable.from(readLines(workspaceId, language)), csv, () => undefined)
      return csv
    },
  }
}
