import type { Core } from '../core.ts'
import { createAdminService, createSetUpService } from '../features/admin/index.ts'
import { createAnalyticsService } from '../features/analytics/index.ts'
import { createAuditService } from '../features/audit/index.ts'
import { createPricesService } from '../features/billing/index.ts'
import {
  createCampaignControlService,
  createCampaignReportService,
  createCampaignRunsService,
  createCampaignsService,
  createCampaignStartService,
  createExperimentService,
  createForecastService,
  createTestSendService,
} from '../features/campaigns/index.ts'
import { createConsentService, createPreferenceService } from '../features/consent/index.ts'
import { createContactsService } from '../features/contacts/index.ts'
import {
  createProxyChecker,
  createProxyService,
  createSenderEgressService,
} from '../features/egress/index.ts'
import { createAuth, createProfileService } from '../features/identity/index.ts'
import { createImportService, createSenderImport } from '../features/imports/index.ts'
import { createInboxService } from '../features/inbox/index.ts'
import { createLinkService } from '../features/links/index.ts'
import { createMediaService } from '../features/media/index.ts'
import { seedDemo } from '../features/operations/index.ts'
import { createSegmentService } from '../features/segments/index.ts'
import {
  createPutAsideService,
  createSenderCredentials,
  createSenderDesk,
  createSenderHaltService,
  createSenderService,
  createWebhookIntake,
} from '../features/senders/index.ts'
import { countClicked, countOptOut, createUnknownMessageService } from '../features/sending/index.ts'
import { createApprovalService, createTemplateService } from '../features/templates/index.ts'
import {
  createApiKeysService,
  createInvitationsService,
  createMembersService,
  createWorkspacesService,
} from '../features/workspaces/index.ts'
import { createMailer } from '../mail/mailer.ts'
import { buildAccessChecks } from './access-checks.ts'
import { buildWebhooks } from './channels.ts'
import type { StandIns } from './stand-ins.ts'

const demoImage = new URL('../../../../examples/promo.jpg', import.meta.url)

export type Services = ReturnType<typeof buildServices>

/**
 * Every use case of the product over one core. Nothing runs yet.
 *
 * @param standIns Servers that are tried instead of WhatsApp's when somebody connects a sender.
 */
export function buildServices(core: Core, standIns: StandIns = {}) {
  const mailer = createMailer(core)
  const auth = createAuth(core, mailer)
  const consent = createConsentService(core)
  const media = createMediaService(core)
  const templates = createTemplateService(core)
  const campaigns = createCampaignsService(core)
  const start = createCampaignStartService(core)
  const senderDesk = createSenderDesk(core)
  const control = createCampaignControlService(core)
  const approvals = createApprovalService(core, {
    desk: senderDesk,
    halt: async (workspaceId, campaignId) => {
      await control.halt(workspaceId, campaignId, 'template_rejected')
    },
  })
  const proxyChecker = createProxyChecker(core)
  const seed = (userId: Parameters<typeof seedDemo>[2]) =>
    seedDemo(core, { media, templates, campaigns, start, imagePath: demoImage }, userId)
  return {
    mailer,
    auth,
    media,
    templates,
    approvals,
    campaigns,
    start,
    forecast: createForecastService(core),
    experiments: createExperimentService(core),
    reports: createCampaignReportService(core),
    campaignRuns: createCampaignRunsService(core),
    testSend: createTestSendService(core),
    control,
    seedDemo: seed,
    setUp: createSetUpService(core, auth),
    profile: createProfileService(core, auth),
    admin: createAdminService(core, mailer),
    workspaces: createWorkspacesService(core, (_core, userId) => seed(userId)),
    members: createMembersService(core),
    invitations: createInvitationsService(core, auth, mailer),
    apiKeys: createApiKeysService(core),
    prices: createPricesService(core),
    audit: createAuditService(core),
    contacts: createContactsService(core),
    consent,
    preferences: createPreferenceService(core, consent.ledger, (scope, person) =>
      countOptOut(core, scope, person),
    ),
    segments: createSegmentService(core),
    imports: createImportService(core),
    takeFromSender: createSenderImport(core, senderDesk),
    unknownMessages: createUnknownMessageService(core),
    links: createLinkService(core, (scope, people) => countClicked(core, scope, people)),
    senders: createSenderService(core, { checks: buildAccessChecks(standIns), desk: senderDesk }),
    senderDesk,
    proxyChecker,
    proxies: createProxyService(core, proxyChecker),
    senderEgress: createSenderEgressService(core),
    senderHalts: createSenderHaltService(core),
    putAside: createPutAsideService(core),
    webhookIntake: createWebhookIntake(core, createSenderCredentials(core), buildWebhooks()),
    analytics: createAnalyticsService(core),
    inbox: createInboxService(core),
  }
}
