import { workspaceOperations } from '@siar/contract'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { AuditService } from './audit.service.ts'

export function auditBindings(service: AuditService): Binding[] {
  return [
    bind(workspaceOperations.listAudit, ({ workspaceId, query }) => service.list(workspaceId, query)),
    bind(workspaceOperations.exportAudit, async ({ workspaceId, actor, query }) => ({
      stream: await service.exportCsv(workspaceId, actor, query),
      contentType: 'text/csv; charset=utf-8',
      fileName: 'audit-log.csv',
    })),
  ]
}
