import type { QueryOf, ResponseInput, campaignOperations } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { stringify } from 'csv-stringify'
import { pipeline, Readable } from 'node:stream'
import type { Actor, Core, Language } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { reportLinks } from '../links/index.ts'
import { findRun, presentRun } from './find-run.ts'
import { presentFigures } from './campaigns.present.ts'
import { reportExperiment } from './experiment-report.ts'
import { findFigures, noFigures } from './figures.repo.ts'
import { reportMoney } from './money-report.ts'
import { reasonText, routeReasonText } from './reason-text.ts'
import { listRecipients, reportSenders, reportTimeline } from './recipients.repo.ts'
import type { RecipientRow } from './recipients.repo.ts'

type LogQuery = QueryOf<typeof campaignOperations.listRecipients>
type Log = ResponseInput<typeof campaignOperations.listRecipients>
type Report = ResponseInput<typeof campaignOperations.report>

const timelineSteps = 60
const exportPageRows = 2_000

/** What became of a campaign: its log, its report and the report as a file. Of the run asked for, else of the newest. */
export interface CampaignReportService {
  listRecipients(workspaceId: WorkspaceId, id: string, query: LogQuery, language: Language): Promise<Log>
  /** @throws AppError `not_found` for a run that is not one of this campaign. */
  report(workspaceId: WorkspaceId, id: string, language: Language, runId?: string): Promise<Report>
  /**
   * One line for each recipient, streamed in pages. A cell that a spreadsheet would run as a formula begins with an
   * apostrophe. The export is written to the audit log.
   */
  exportCsv(
    workspaceId: WorkspaceId,
    actor: Actor,
    id: string,
    language: Language,
    runId?: string,
  ): Promise<Readable>
}

export function createCampaignReportService(core: Core): CampaignReportService {
  return {
    listRecipients: (workspaceId, id, query, language) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const run = await findRun(scope, id, query.run)
        const afterSequence = Number(decodeCursor(query.cursor, ['count'])?.[0] ?? 0)
        if (!run) return { data: [], nextCursor: null }
        const filter = { ...query, afterSequence, limit: query.limit + 1 }
        const found = await listRecipients(scope, run.id, filter)
        const { rows, nextCursor } = toPage(found, query.limit, (row) => [String(row.sequence)])
        return { data: rows.map((row) => presentRecipient(row, language)), nextCursor }
      }),
    report: (workspaceId, id, language, asked) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const run = await findRun(scope, id, asked)
        const runId = run?.id ?? ''
        const found = (await findFigures(scope, [runId])).get(runId) ?? noFigures
        const withText = ({ reason, count }: { reason: string; count: number }) => ({
          reason,
          text: reasonText(reason, language) ?? reason,
          count,
        })
        const timeline = await reportTimeline(scope, runId, timelineSteps)
        return {
          figures: presentFigures(found.figures),
          skipped: found.skipped.map(withText),
          failed: found.failed.map(withText),
          senders: await reportSenders(scope, runId),
          timeline: timeline.map((step) => ({ ...step, at: step.at.toISOString() })),
          run: run && presentRun(run),
          experiment: await reportExperiment(scope, runId, core.now()),
          links: await reportLinks(scope, runId),
          ...(await reportMoney(scope, runId, found.figures, language)),
        }
      }),
    exportCsv: async (workspaceId, actor, id, language, asked) => {
      const runId = await core.inWorkspace(workspaceId, async (scope) => {
        const run = await findRun(scope, id, asked)
        await core.audit(scope, { actor, action: 'campaign.export', subjectId: id })
        return run?.id ?? null
      })
      const csv = stringify({ header: true, columns: csvColumns(language), escape_formulas: true, bom: true })
      pipeline(Readable.from(readLines(core, workspaceId, runId, language)), csv, () => undefined)
      return csv
    },
  }
}

async function* readLines(core: Core, workspaceId: WorkspaceId, runId: string | null, language: Language) {
  for (let afterSequence = 0; runId !== null;) {
    const page: RecipientRow[] = await core.inWorkspace(workspaceId, (scope) =>
      listRecipients(scope, runId, { afterSequence, limit: exportPageRows }),
    )
    for (const row of page) yield presentRecipient(row, language)
    afterSequence = page.at(-1)?.sequence ?? 0
    if (page.length < exportPageRows) return
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function presentRecipient(row: RecipientRow, language: Language) {
  return {
    ...row,
    reasonText: reasonText(row.reason, language),
    routeReason: routeReasonText(row.routeReason, language),
    acceptedAt: iso(row.acceptedAt),
    deliveredAt: iso(row.deliveredAt),
    readAt: iso(row.readAt),
    repliedAt: iso(row.repliedAt),
    clickedAt: iso(row.clickedAt),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function csvColumns(language: Language): { key: string; header: string }[] {
  const headers = {
    sequence: { id: 'No', en: 'No' },
    contactName: { id: 'Nama', en: 'Name' },
    address: { id: 'Nomor', en: 'Number' },
    status: { id: 'Status', en: 'Status' },
    reasonText: { id: 'Alasan', en: 'Reason' },
    senderName: { id: 'Pengirim', en: 'Sender' },
    attempts: { id: 'Percobaan', en: 'Attempts' },
    acceptedAt: { id: 'Terkirim', en: 'Sent' },
    deliveredAt: { id: 'Sampai', en: 'Delivered' },
    readAt: { id: 'Dibaca', en: 'Read' },
    repliedAt: { id: 'Dibalas', en: 'Replied' },
    clickedAt: { id: 'Diklik', en: 'Clicked' },
  }
  return Object.entries(headers).map(([key, text]) => ({ key, header: text[language] }))
}
