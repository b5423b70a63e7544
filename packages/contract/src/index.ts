import { adminOperations } from './admin.ts'
import { experimentOperations } from './campaign-experiments.ts'
import { campaignRunOperations } from './campaign-runs.ts'
import { campaignOperations, dashboardOperations } from './campaigns.ts'
import { consentProofOperations } from './consent-proof.ts'
import { contactExportOperations } from './contact-export.ts'
import { contactViewOperations } from './contact-views.ts'
import { contactMergeOperations } from './contact-merge.ts'
import { contactOperations } from './contacts.ts'
import { egressOperations } from './egress.ts'
import { identityOperations } from './identity.ts'
import { importOperations } from './imports.ts'
import type { Operation } from './operation.ts'
import { personDataOperations } from './person-data.ts'
import { priceOperations } from './prices.ts'
import { putAsideOperations } from './put-aside.ts'
import { segmentOperations } from './segments.ts'
import { senderHaltOperations } from './sender-halts.ts'
import { senderOperations } from './senders.ts'
import { templateApprovalOperations } from './template-approvals.ts'
import { templateOperations } from './templates.ts'
import { unknownMessageOperations } from './unknown-messages.ts'
import { workspaceOperations } from './workspaces.ts'

export * from './admin.ts'
export * from './campaign-experiments.ts'
export * from './campaign-plan.ts'
export * from './campaign-report.ts'
export * from './campaign-runs.ts'
export * from './campaigns.ts'
export * from './channel-access.ts'
export * from './channel-settings.ts'
export * from './consent-proof.ts'
export * from './contact-export.ts'
export * from './contact-views.ts'
export * from './contact-merge.ts'
export * from './contacts.ts'
export * from './egress.ts'
export * from './events.ts'
export * from './forecast.ts'
export * from './identity.ts'
export * from './imports.ts'
export * from './operation.ts'
export * from './permission.ts'
export * from './person-data.ts'
export * from './prices.ts'
export * from './put-aside.ts'
export * from './segments.ts'
export * from './sender-halts.ts'
export * from './senders.ts'
export * from './shapes.ts'
export * from './template-approvals.ts'
export * from './templates.ts'
export * from './unknown-messages.ts'
export * from './workspaces.ts'

/** Every operation of the API. The server refuses to start when one of them has no handler. */
export const OPERATIONS: readonly Operation[] = [
  identityOperations,
  workspaceOperations,
  adminOperations,
  priceOperations,
  contactOperations,
  contactExportOperations,
  contactViewOperations,
  contactMergeOperations,
  personDataOperations,
  consentProofOperations,
  segmentOperations,
  importOperations,
  templateOperations,
  templateApprovalOperations,
  senderOperations,
  senderHaltOperations,
  egressOperations,
  putAsideOperations,
  campaignOperations,
  campaignRunOperations,
  experimentOperations,
  unknownMessageOperations,
  dashboardOperations,
].flatMap((group) => Object.values(group) as Operation[])
