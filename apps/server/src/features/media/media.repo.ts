import type { WorkspaceScope } from '@siar/database'
import { media, templates } from '@siar/database'
import type { MediaId } from '@siar/domain'
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import type { TimeKeys } from '../../time-cursor.ts'

export type MediaRow = typeof media.$inferSelect & { readonly templates: number }

/** Written out: drizzle leaves the table's name away where only one table is selected from. */
const usage = sql<number>`(select count(*)::int from templates t where t.media_id = media.id)`

export async function insertMedia(scope: WorkspaceScope, row: typeof media.$inferInsert): Promise<void> {
  await scope.db.insert(media).values(row)
}

export async function findMedia(scope: WorkspaceScope, mediaId: MediaId): Promise<MediaRow | null> {
  const [row] = await scope.db.select().from(media).where(eq(media.id, mediaId))
  if (!row) return null
  return { ...row, templates: await scope.db.$count(templates, eq(templates.mediaId, mediaId)) }
}

/** A file with the same bytes, so that uploading it twice keeps one. */
export async function findMediaByHash(scope: WorkspaceScope, sha256: string): Promise<MediaRow | null> {
  const [row] = await scope.db.select({ id: media.id }).from(media).where(eq(media.sha256, sha256)).limit(1)
  return row ? findMedia(scope, row.id as MediaId) : null
}

export async function listMedia(
  scope: WorkspaceScope,
  limit: number,
  after: TimeKeys | null,
): Promise<MediaRow[]> {
  const behind = after
    ? or(lt(media.createdAt, after.at), and(eq(media.createdAt, after.at), lt(media.id, after.id)))
    : undefined
  const rows = await scope.db
    .select({ media, templates: usage })
    .from(media)
    .where(behind)
    .orderBy(desc(media.createdAt), desc(media.id))
    .limit(limit)
  return rows.map((row) => ({ ...row.media, templates: row.templates }))
}

/** Tells whether a run that has not ended sends this file, also when its template names another by now. */
export async function isSentByOpenRun(scope: WorkspaceScope, mediaId: MediaId): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from runs where workspace_id = $1 and status in ('running', 'paused', 'halted')
       and content -> 'media' ->> 'id' = $2 limit 1`,
    [scope.workspaceId, mediaId],
  )
  return rows.length > 0
}

/** @returns false when there is no such file. */
export async function deleteMedia(scope: WorkspaceScope, mediaId: MediaId): Promise<boolean> {
  const gone = await scope.db.delete(media).where(eq(media.id, mediaId)).returning({ id: media.id })
  return gone.length > 0
}
