import { appendFile } from 'node:fs/promises'
import type { WorkspaceId } from '@siar/domain'
import type { Services } from '../../wiring/build-services.ts'
import type { Language } from '../../core.ts'

const PAGE = 200

/**
 * Appends one line for each person of a campaign: time, number, state and reason, separated by tabs.
 *
 * @returns how many lines were written.
 */
export async function writeLog(
  services: Services,
  workspaceId: WorkspaceId,
  campaignId: string,
  language: Language,
  path: string,
): Promise<number> {
  let lines = 0
  let cursor: string | undefined
  do {
    const page = await services.reports.listRecipients(
      workspaceId,
      campaignId,
      { limit: PAGE, cursor },
      language,
    )
    const text = page.data.map((r) =>
      [r.updatedAt, r.address, r.status, r.reasonText ?? r.reason ?? '-'].join('\t'),
    )
    if (text.length > 0) await appendFile(path, `${text.join('\n')}\n`)
    lines += text.length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return lines
}
