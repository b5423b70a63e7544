import type { Database, WorkspaceScope } from '@siar/database'
import type { ContactId, WorkspaceId } from '@siar/domain'
import type { Language } from '../../core.ts'

export interface PreferencePerson {
  /** Another than the one asked for when that was merged into it. */
  readonly contactId: ContactId
  readonly workspaceId: WorkspaceId
  readonly workspaceName: string
  /** The person's own, else the workspace's. */
  readonly language: Language
  readonly consent: 'unknown' | 'granted' | 'withdrawn'
  /** Reasons for which addresses of the person are suppressed, each once. */
  readonly suppressed: readonly string[]
}

/**
 * The person behind a proved token, whatever the workspace: one statement, no transaction. A suspended workspace still
 * owes people a way out; a removed one is gone.
 */
export async function findPreferencePerson(
  { pool }: Pick<Database, 'pool'>,
  contactId: ContactId,
): Promise<PreferencePerson | null> {
  const { rows } = await pool.query<PreferencePerson>({
    name: 'consent-find-preference-person',
    text: `select c.id as "contactId", c.workspace_id as "workspaceId", w.name as "workspaceName", c.marketing_consent as consent,
        case when c.language in ('id', 'en') then c.language else w.language end as language,
        array(select distinct s.reason from addresses a join suppressions s
          on s.workspace_id = a.workspace_id and s.kind = a.kind and s.value = a.value
          where a.workspace_id = c.workspace_id and a.contact_id = c.id) as suppressed
      from contacts c join workspaces w on w.id = c.workspace_id and w.status <> 'removed' 
      where c.id = coalesce((select survivor_id from contact_merges where loser_id = $1), $1)`,
    values: [contactId],
  })
  return rows[0] ?? null
}

/** The campaign of a run; null when it was removed. */
export async function findCampaignOfRun(scope: WorkspaceScope, runId: string): Promise<string | null> {
  const [row] = await scope.query<{ campaignId: string }>(
    'select campaign_id as "campaignId" from runs where workspace_id = $1 and id = $2',
    [scope.workspaceId, runId],
  )
  return row?.campaignId ?? null
}
