export { writeAudit } from './audit-writer.ts'
export { auditBindings } from './audit.routes.ts'
export { createAuditService } from './audit.service.ts'
export type { AuditService } from './audit.service.ts'
