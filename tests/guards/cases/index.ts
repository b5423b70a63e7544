import { adminCases } from './admin.cases.ts'
import { campaignCases, campaignRunCases, dashboardCases, experimentCases } from './campaigns.cases.ts'
import type { Case } from './case.ts'
import {
  consentProofCases,
  contactCases,
  contactExportCases,
  contactViewCases,
  contactMergeCases,
  personDataCases,
} from './contacts.cases.ts'
import { egressCases } from './egress.cases.ts'
import { identityCases } from './identity.cases.ts'
import { importCases } from './imports.cases.ts'
import { priceCases } from './prices.cases.ts'
import { segmentCases } from './segments.cases.ts'
import { putAsideCases, senderCases, senderHaltCases } from './senders.cases.ts'
import { templateApprovalCases, templateCases } from './templates.cases.ts'
import { unknownMessageCases } from './unknown-messages.cases.ts'
import { workspaceCases } from './workspaces.cases.ts'

/** How every operation is called, by its id. */
export const cases: Readonly<Record<string, Case>> = {
  ...identityCases,
  ...workspaceCases,
  ...adminCases,
  ...contactCases,
  ...contactExportCases,
  ...contactViewCases,
  ...contactMergeCases,
  ...personDataCases,
  ...consentProofCases,
  ...segmentCases,
  ...importCases,
  ...priceCases,
  ...templateCases,
  ...templateApprovalCases,
  ...senderCases,
  ...senderHaltCases,
  ...egressCases,
  ...putAsideCases,
  ...campaignCases,
  ...campaignRunCases,
  ...experimentCases,
  ...unknownMessageCases,
  ...dashboardCases,
}
