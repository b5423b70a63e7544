import type { WorkspaceScope } from '@siar/database'
import { campaigns, senderDays, senderEvents, senders, workspace } from '@siar/database'
import type { SenderId, SenderStatus } from '@siar/domain'
import { and, asc, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { SenderCommand } from './sessions.repo.ts'

export type SenderRow = typeof senders.$inferSelect
export type SenderDayRow = typeof senderDays.$inferSelect
export type SenderEventRow = typeof senderEvents.$inferSelect

export function listSenders(scope: WorkspaceScope): Promise<SenderRow[]> {
  return scope.db.select().from(senders).orderBy(asc(senders.createdAt), asc(senders.id))
}

export async function findSender(scope: WorkspaceScope, senderId: SenderId): Promise<SenderRow | null> {
  const [row] = await scope.db.select().from(senders).where(eq(senders.id, senderId))
  return row ?? null
}

/** The same, locked until the transaction ends, so that two people do not command one sender at once. */
export async function findSenderForChange(
  scope: WorkspaceScope,
  senderId: SenderId,
): Promise<SenderRow | null> {
  const [row] = await scope.db.select().from(senders).where(eq(senders.id, senderId)).for('update')
  return row ?? null
}

export async function insertSender(scope: WorkspaceScope, row: typeof senders.$inferInsert): Promise<void> {
  await scope.db.insert(senders).values(row)
}

export async function updateSender(
  scope: WorkspaceScope,
  senderId: SenderId,
  changes: Partial<typeof senders.$inferInsert>,
): Promise<void> {
  await scope.db.update(senders).set(changes).where(eq(senders.id, senderId))
}

/** Moves a sender only from the status it was seen in. @returns whether it moved. */
export async function moveSender(
  scope: WorkspaceScope,
  senderId: SenderId,
  from: SenderStatus,
  changes: Partial<typeof senders.$inferInsert> & { command?: SenderCommand | null },
): Promise<boolean> {
  const moved = await scope.db
    .update(senders)
    .set(changes)
    .where(and(eq(senders.id, senderId), eq(senders.status, from)))
    .returning({ id: senders.id })
  return moved.length > 0
}

export async function deleteSender(scope: WorkspaceScope, senderId: SenderId): Promise<void> {
  await scope.db.delete(senders).where(eq(senders.id, senderId))
}

/** Campaigns that have begun and still need the sender. */
export function countCampaignsInProgress(scope: WorkspaceScope, senderId: SenderId): Promise<number> {
  return scope.db.$count(
    campaigns,
    and(
      inArray(campaigns.status, ['running', 'paused', 'halted']),
      sql`${campaigns.senderIds} ? ${senderId}`,
    ),
  )
}

export function listSenderEvents(
  scope: WorkspaceScope,
  senderId: SenderId,
  limit: number,
): Promise<SenderEventRow[]> {
  return scope.db
    .select()
    .from(senderEvents)
    .where(eq(senderEvents.senderId, senderId))
    .orderBy(desc(senderEvents.at), desc(senderEvents.id))
    .limit(limit)
}

export async function insertSenderEvent(
  scope: WorkspaceScope,
  event: typeof senderEvents.$inferInsert,
): Promise<void> {
  await scope.db.insert(senderEvents).values(event)
}

/** @param fromDay `2026-11-20`, included. */
export function listSenderDays(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  fromDay: string,
): Promise<SenderDayRow[]> {
  return scope.db
    .select()
    .from(senderDays)
    .where(and(inArray(senderDays.senderId, [...senderIds]), gte(senderDays.day, fromDay)))
    .orderBy(asc(senderDays.day))
}

/**
 * Messages handed to the channel since an instant, by sender. Reads attempts by their ids, which begin with their time,
 * so it costs what was sent since then.
 */
export async function countSentSince(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  if (senderIds.length === 0) return new Map()
  const fromId = `msg_${since.getTime().toString(16).padStart(12, '0')}`
  const rows = await scope.query<{ senderId: string; sent: number }>(
    `select sender_id as "senderId", count(*)::int as sent from attempts
     where id >= $1 and id < 'msg_g' and sender_id = any($2::text[])
       and (outcome is null or outcome in ('accepted', 'unknown'))
     group by sender_id`,
    [fromId, [...senderIds]],
  )
  return new Map(rows.map((row) => [row.senderId, row.sent]))
}

export async function findTimeZone(scope: WorkspaceScope): Promise<string> {
  const [row] = await scope.db
    .select({ timeZone: workspace.timeZone })
    .from(workspace)
    .where(eq(workspace.id, scope.workspaceId))
  return row?.timeZone ?? 'Asia/Jakarta'
}
