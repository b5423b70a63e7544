import type { AuditEntry } from '@siar/contract'
import type { z } from 'zod'
import type { AuditRow } from './audit.repo.ts'

export function presentAuditEntry(row: AuditRow): z.input<typeof AuditEntry> {
  const { id, actorKind, actorName, action, subjectId, details, at } = row
  return { id, actorKind, actorName, action, subjectId, details, at: at.toISOString() }
}

export const auditCsvColumns = [
  'at',
  'actorKind',
  'actorName',
  'action',
  'subjectId',
  'details',
  'id',
] as const

export function presentAuditLine(row: AuditRow): Record<(typeof auditCsvColumns)[number], string> {
  const { id, actorKind, actorName, action, subjectId, details, at } = row
  return {
    at: at.toISOString(),
    actorKind,
    actorName,
    action,
    subjectId: subjectId ?? '',
    details: JSON.stringify(details),
    id,
  }
}
