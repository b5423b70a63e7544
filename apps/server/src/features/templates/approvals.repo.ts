import type { SystemScope, WorkspaceScope } from '@siar/database'
import { templateApprovals } from '@siar/database'
import type {
  ApprovalId,
  ApprovalSource,
  ApprovalStatus,
  MetaTemplateCategory,
  TemplateId,
} from '@siar/domain'
import { and, desc, eq } from 'drizzle-orm'

export type ApprovalRow = typeof templateApprovals.$inferSelect

/** @returns false when the same text is live in that account already. */
export async function insertApproval(
  scope: WorkspaceScope,
  row: typeof templateApprovals.$inferInsert,
): Promise<boolean> {
  const added = await scope.db
    .insert(templateApprovals)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: templateApprovals.id })
  return added.length > 0
}

/** Newest first. */
export function listApprovals(scope: WorkspaceScope, templateId: TemplateId): Promise<ApprovalRow[]> {
  return scope.db
    .select()
    .from(templateApprovals)
    .where(eq(templateApprovals.templateId, templateId))
    .orderBy(desc(templateApprovals.createdAt), desc(templateApprovals.id))
}

export async function findApproval(
  scope: WorkspaceScope,
  templateId: TemplateId,
  approvalId: ApprovalId,
): Promise<ApprovalRow | null> {
  const [row] = await scope.db
    .select()
    .from(templateApprovals)
    .where(and(eq(templateApprovals.id, approvalId), eq(templateApprovals.templateId, templateId)))
  return row ?? null
}

export async function deleteApproval(scope: WorkspaceScope, approvalId: string): Promise<void> {
  await scope.db.delete(templateApprovals).where(eq(templateApprovals.id, approvalId))
}

/** Meta took it. What a webhook told meanwhile stays. */
export async function setSubmitted(
  scope: WorkspaceScope,
  approvalId: string,
  answer: {
    readonly remoteId: string
    readonly status: ApprovalStatus
    readonly category: MetaTemplateCategory
  },
  at: Date,
): Promise<void> {
  const { remoteId, status, category } = answer
  await scope.execute(
    `update template_approvals set remote_id = $2, category = $4,
       status_at = case when status = 'submitting' then $5 else status_at end,
       status = case when status = 'submitting' then $3 else status end
     where id = $1`,
    [approvalId, remoteId, status, category, at],
  )
}

/** Everything that was submitted to an account, in the order of ids. */
export function listOfAccount(scope: WorkspaceScope, wabaId: string): Promise<ApprovalRow[]> {
  return scope.db
    .select()
    .from(templateApprovals)
    .where(eq(templateApprovals.wabaId, wabaId))
    .orderBy(templateApprovals.id)
}

/** Everything that was submitted to an account and that Meta may still have, locked in the order of ids. */
export function lockOfAccount(scope: WorkspaceScope, wabaId: string): Promise<ApprovalRow[]> {
  return scope.db
    .select()
    .from(templateApprovals)
    .where(eq(templateApprovals.wabaId, wabaId))
    .orderBy(templateApprovals.id)
    .for('update')
}

export interface ApprovalChange {
  readonly remoteId: string | null
  readonly status: ApprovalStatus
  readonly reason: string | null
  readonly category: MetaTemplateCategory
}

/** `told`: by a webhook, at Meta's instant; `asked`: by looking, at ours. */
export type ChangeSource = { readonly kind: 'told' | 'asked'; readonly at: Date }

export async function changeApproval(
  scope: WorkspaceScope,
  approvalId: string,
  change: ApprovalChange,
  source: ChangeSource,
): Promise<void> {
  await scope.execute(
    `update template_approvals set remote_id = $2, status_at = case when status = $3 then status_at else $6 end,
       status = $3, reason = $4, category = $5,
       told_at = case when $7 = 'told' then $6 else told_at end,
       synced_at = case when $7 = 'asked' then $6 else synced_at end
     where id = $1`,
    [approvalId, change.remoteId, change.status, change.reason, change.category, source.at, source.kind],
  )
}

export interface AccountOfWorkspace {
  readonly workspaceId: string
  readonly wabaId: string
}

/** Accounts that something was submitted to which Meta may still have. */
export function listAccountsToAsk(scope: SystemScope): Promise<AccountOfWorkspace[]> {
  return scope.query<AccountOfWorkspace>(
    `select distinct a.workspace_id as "workspaceId", a.waba_id as "wabaId"
     from template_approvals a join workspaces w on w.id = a.workspace_id
     where a.status not in ('failed', 'removed') and w.status = 'active' order by 1, 2`,
  )
}

/** A running campaign with the messages it sends, each as it was when the run started. */
export interface RunningMessage {
  readonly campaignId: string
  readonly texts: { readonly id?: string; readonly en?: string }
  readonly footer: string
  readonly media: ApprovalSource['media']
  readonly customKeys: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

/** Messages of running campaigns that have the texts of a template and somebody who waits for a sender of an account. */
export function listRunningMessages(
  scope: WorkspaceScope,
  templateId: string,
  wabaId: string,
): Promise<RunningMessage[]> {
  return scope.query<RunningMessage>(
    `select r.campaign_id as "campaignId", m.content -> 'texts' as texts, m.content ->> 'footer' as footer,
       nullif(m.content -> 'media', 'null') as media, m.content -> 'customKeys' as "customKeys",
       m.content -> 'variables' as variables
     from runs r,
       lateral (select r.content as content
                union all
                select v -> 'content' from jsonb_array_elements(coalesce(r.experiment -> 'variants', '[]')) v) m
     where r.workspace_id = $1 and r.status = 'running' and m.content ->> 'templateId' = $2
       and exists (select 1 from recipients c join senders s on s.id = c.sender_id
                   where c.run_id = r.id and c.due_at is not null and s.channel = 'cloud_api'
                     and s.settings -> 'cloud_api' ->> 'wabaId' = $3)
     order by 1`,
    [scope.workspaceId, templateId, wabaId],
  )
}
