import type { WorkspaceScope } from '@siar/database'
import type { MetaTemplateCategory } from '@siar/domain'

/** A text that Meta approved in one account, as a message names it. */
export interface UsableApproval {
  readonly wabaId: string
  readonly contentHash: string
  readonly name: string
  readonly remoteLanguage: string
  readonly category: MetaTemplateCategory
  /** Meta pauses it: a message with it is refused, and the campaign halts until it is let go on. */
  readonly isPaused: boolean
}

export interface UsableApprovals {
  /** @param contentHash From `contentHashOf`: only the very text that was submitted is approved. */
  find(wabaId: string, contentHash: string): UsableApproval | null
}

/** What messages with texts of these templates may go with; one look for all of them. */
export async function loadUsableApprovals(
  scope: WorkspaceScope,
  templateIds: readonly string[],
): Promise<UsableApprovals> {
  const rows = await scope.query<UsableApproval>(
    `select waba_id as "wabaId", content_hash as "contentHash", name, remote_language as "remoteLanguage", category,
       status = 'paused' as "isPaused"
     from template_approvals
     where template_id = any($1::text[]) and status in ('approved', 'paused') and remote_id is not null
     order by created_at`,
    [[...new Set(templateIds)]],
  )
  const byKey = new Map(rows.map((row) => [`${row.wabaId}/${row.contentHash}`, row]))
  return { find: (wabaId, contentHash) => byKey.get(`${wabaId}/${contentHash}`) ?? null }
}
