import type { FastifyInstance } from 'fastify'
import type { Core } from '../core.ts'
import { liveStreamBindings } from '../events/live-stream.ts'
import { adminBindings } from '../features/admin/index.ts'
import { analyticsBindings } from '../features/analytics/index.ts'
import { auditBindings } from '../features/audit/index.ts'
import { billingBindings } from '../features/billing/index.ts'
import { campaignBindings, campaignRunBindings, experimentBindings } from '../features/campaigns/index.ts'
import { consentBindings, preferencePages } from '../features/consent/index.ts'
import { contactsBindings } from '../features/contacts/index.ts'
import { egressBindings } from '../features/egress/index.ts'
import { identityBindings } from '../features/identity/index.ts'
import { importBindings } from '../features/imports/index.ts'
import { inboxBindings } from '../features/inbox/index.ts'
import { linkPages } from '../features/links/index.ts'
import { mediaBindings } from '../features/media/index.ts'
import { segmentBindings } from '../features/segments/index.ts'
import { senderBindings, webhookPages } from '../features/senders/index.ts'
import { unknownMessageBindings } from '../features/sending/index.ts'
import { approvalBindings, templateBindings } from '../features/templates/index.ts'
import { workspacesBindings } from '../features/workspaces/index.ts'
import type { Binding } from '../http/binding.ts'
import type { Services } from './build-services.ts'

/** Every operation of the contract with its handler. */
export function buildBindings(core: Core, services: Services): Binding[] {
  return [
    ...identityBindings(services.profile),
    ...adminBindings(services.admin, services.setUp),
    ...workspacesBindings(services),
    ...billingBindings(services.prices),
    ...auditBindings(services.audit),
    ...contactsBindings(services.contacts),
    ...consentBindings(services.consent),
    ...segmentBindings(services.segments),
    ...importBindings(services.imports, services.takeFromSender),
    ...templateBindings(services.templates),
    ...approvalBindings(services.approvals),
    ...mediaBindings(services.media),
    ...senderBindings(services.senders, services.senderHalts, services.putAside),
    ...egressBindings(services.proxies, services.senderEgress),
    ...campaignBindings(services),
    ...campaignRunBindings(services.campaignRuns),
    ...experimentBindings(services.experiments),
    ...unknownMessageBindings(services.unknownMessages),
    ...analyticsBindings(services.analytics),
    ...inboxBindings(services.inbox),
    ...liveStreamBindings(core),
  ]
}

/** Pages for visitors, who need no log-in. */
export function buildPages(services: Services): ((app: FastifyInstance) => void)[] {
  return [
    linkPages(services.links),
    preferencePages(services.preferences),
    webhookPages(services.webhookIntake),
  ]
}
