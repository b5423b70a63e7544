import type { WorkspaceScope } from '@siar/database'
import type { SegmentConsent, SegmentRule } from '@siar/domain'
import { compileSegment } from './segment-sql.repo.ts'
import type { SegmentContext } from './segment-sql.repo.ts'

/** Settings of a count: room for sets of a million ids, and both cores. */
export async function prepareCounting(scope: WorkspaceScope, statementMs: number): Promise<void> {
  await scope.execute(`set local statement_timeout = ${Math.trunc(statementMs)}`)
  await scope.execute(`set local work_mem = '64MB'`)
}

function statementOf(scope: WorkspaceScope, rule: SegmentRule, context: SegmentContext) {
  const values: unknown[] = [scope.workspaceId]
  const add = (value: unknown): string => `$${values.push(value)}`
  const { joins, where } = compileSegment(rule, context, add)
  return { from: `from contacts c ${joins} where c.workspace_id = $1 and ${where}`, values, add }
}

/** How many a rule finds. */
export async function countPeople(
  scope: WorkspaceScope,
  rule: SegmentRule,
  context: SegmentContext,
): Promise<number> {
  const { from, values } = statementOf(scope, rule, context)
  const [row] = await scope.query<{ count: number }>(`select count(*)::int as count ${from}`, values)
  return row?.count ?? 0
}

export interface SegmentPersonRow {
  readonly id: string
  readonly fullName: string
  readonly phone: string | null
  readonly marketingConsent: SegmentConsent
  readonly lastContactedAt: Date | null
}

/** Some whom a rule finds, the newest of the address book first. */
export async function listPeople(
  scope: WorkspaceScope,
  rule: SegmentRule,
  context: SegmentContext,
  limit: number,
): Promise<SegmentPersonRow[]> {
  const { from, values, add } = statementOf(scope, rule, context)
  return scope.query<SegmentPersonRow>(
    `select c.id, c.full_name as "fullName", nullif(split_part(c.phones, ' ', 1), '') as phone,
       c.marketing_consent as "marketingConsent", c.last_contacted_at as "lastContactedAt"
     ${from} order by c.created_at desc, c.id desc limit ${add(limit)}`,
    values,
  )
}
