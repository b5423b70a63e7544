import { campaignOperations as operations } from '@siar/contract'
import type { Binding } from '../../http/binding.ts'
import { speakHalts } from '../../halt-present.ts'
import { bind } from '../../http/binding.ts'
import type { CampaignControlService } from './campaign-control.service.ts'
import type { CampaignReportService } from './campaign-report.service.ts'
import type { CampaignStartService } from './campaign-start.service.ts'
import type { CampaignsService } from './campaigns.service.ts'
import type { ForecastService } from './forecast.service.ts'
import type { TestSendService } from './test-send.service.ts'

export interface CampaignServices {
  readonly campaigns: CampaignsService
  readonly start: CampaignStartService
  readonly control: CampaignControlService
  readonly forecast: ForecastService
  readonly reports: CampaignReportService
  readonly testSend: TestSendService
}

export function campaignBindings(services: CampaignServices): Binding[] {
  return speakHalts(bindAll(services))
}

function bindAll(services: CampaignServices): Binding[] {
  const { campaigns, start, control, forecast, reports, testSend } = services
  return [
    bind(operations.list, ({ workspaceId, query }) => campaigns.list(workspaceId, query)),
    bind(operations.create, ({ workspaceId, actor, body }) => campaigns.create(workspaceId, actor, body)),
    bind(operations.get, ({ workspaceId, params }) => campaigns.get(workspaceId, params.campaignId)),
    bind(operations.update, ({ workspaceId, actor, params, body }) =>
      campaigns.update(workspaceId, actor, params.campaignId, body),
    ),
    bind(operations.remove, async ({ workspaceId, actor, params }) => {
      await campaigns.remove(workspaceId, actor, params.campaignId)
      return undefined
    }),
    bind(operations.forecast, ({ workspaceId, params, language }) =>
      forecast.forecast(workspaceId, params.campaignId, language),
    ),
    bind(operations.test, ({ workspaceId, actor, params, body }) =>
      testSend.send(workspaceId, actor, params.campaignId, body.phone),
    ),
    bind(operations.start, ({ workspaceId, actor, params }) =>
      start.start(workspaceId, actor, params.campaignId),
    ),
    bind(operations.unschedule, ({ workspaceId, actor, params }) =>
      start.unschedule(workspaceId, actor, params.campaignId),
    ),
    bind(operations.pause, ({ workspaceId, actor, params }) =>
      control.pause(workspaceId, actor, params.campaignId),
    ),
    bind(operations.resume, ({ workspaceId, actor, params, body }) =>
      control.resume(workspaceId, actor, params.campaignId, { confirmEarly: body?.confirmEarly ?? false }),
    ),
    bind(operations.cancel, ({ workspaceId, actor, params }) =>
      control.cancel(workspaceId, actor, params.campaignId),
    ),
    bind(operations.retryFailed, ({ workspaceId, actor, params }) =>
      control.retryFailed(workspaceId, actor, params.campaignId),
    ),
    bind(operations.listRecipients, ({ workspaceId, params, query, language }) =>
      reports.listRecipients(workspaceId, params.campaignId, query, language),
    ),
    bind(operations.report, ({ workspaceId, params, query, language }) =>
      reports.report(workspaceId, params.campaignId, language, query.run),
    ),
    bind(operations.reportCsv, async ({ workspaceId, actor, params, query, language }) => ({
      stream: await reports.exportCsv(workspaceId, actor, params.campaignId, language, query.run),
      contentType: 'text/csv; charset=utf-8',
      fileName: `campaign-${params.campaignId}.csv`,
    })),
  ]
}
