import { auditLog } from '@siar/database'
import type { AnyScope, WorkspaceScope } from '@siar/database'

export type AuditRow = typeof auditLog.$inferSelect

export interface AuditFilter {
  readonly action: string | undefined
  /** Part of the actor's name, or an id. */
  readonly actor: string | undefined
  readonly from: Date | undefined
  readonly to: Date | undefined
}

export interface AuditPage extends AuditFilter {
  readonly before: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

export async function insertAuditEntry(scope: AnyScope, row: typeof auditLog.$inferInsert): Promise<void> {
  await scope.db.insert(auditLog).values(row)
}

/** Newest first. `action` also finds everything below it: `campaign` finds `campaign.start`. */
export async function listAuditEntries(scope: WorkspaceScope, page: AuditPage): Promise<AuditRow[]> {
  return scope.query<AuditRow>(
    `select id, workspace_id as "workspaceId", actor_kind as "actorKind", actor_id as "actorId",
            actor_name as "actorName", action, subject_id as "subjectId", details, at
     from audit_log
     where workspace_id = $1
       and ($2::text is null or action = $2 or starts_with(action, $2 || '.'))
       and ($3::text is null or actor_id = $3 or strpos(lower(actor_name), lower($3)) > 0)
       and ($4::timestamptz is null or at >= $4)
       and ($5::timestamptz is null or at < $5)
       and ($6::timestamptz is null or (at, id) < ($6, $7))
     order by at desc, id desc limit $8`,
    [
      scope.workspaceId,
      page.action ?? null,
      page.actor ?? null,
      page.from ?? null,
      page.to ?? null,
      page.before?.at ?? null,
      page.before?.id ?? null,
      page.limit,
    ],
  )
}
