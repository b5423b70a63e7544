import type { AnyScope } from '@siar/database'
import type { AuditRecord, Core } from '../../core.ts'
import { insertAuditEntry } from './audit.repo.ts'

/**
 * What `core.audit` does: one line of the append-only log, inside the transaction of what it tells about.
 *
 * In a workspace scope the line belongs to that workspace; in a system scope it belongs to
 * the workspace that the record names, else to the whole installation.
 */
export async function writeAudit(
  { now, newId }: Pick<Core, 'now' | 'newId'>,
  scope: AnyScope,
  { actor, action, subjectId, workspaceId, details }: AuditRecord,
): Promise<void> {
  await insertAuditEntry(scope, {
    id: newId('aud'),
    workspaceId: scope.workspaceId ?? workspaceId ?? null,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    action,
    subjectId: subjectId ?? null,
    details: details ?? {},
    at: now(),
  })
}
