import { z } from 'zod'
import { CampaignRun } from './campaign-report.ts'
import { Campaign, campaignParams } from './campaigns.ts'
import { defineOperation } from './operation.ts'
import { pageOf, pageQuery } from './shapes.ts'

export const campaignRunOperations = {
  clone: defineOperation({
    id: 'campaigns.clone',
    method: 'POST',
    path: '/api/v1/campaigns/:campaignId/clone',
    summary: 'Make a draft with the same message, people and settings; a schedule is not taken along',
    access: 'campaigns.write',
    params: campaignParams,
    body: z.object({ name: z.string().trim().min(1).max(120).optional() }),
    idempotent: true,
    status: 201,
    response: Campaign,
  }),
  listRuns: defineOperation({
    id: 'campaigns.listRuns',
    method: 'GET',
    path: '/api/v1/campaigns/:campaignId/runs',
    summary: 'The runs of a campaign, newest first',
    access: 'workspace.read',
    params: campaignParams,
    query: pageQuery,
    response: pageOf(CampaignRun),
  }),
  skip: defineOperation({
    id: 'campaigns.skip',
    method: 'POST',
    path: '/api/v1/campaigns/:campaignId/skip',
    summary: 'Pass one occurrence of a recurring campaign over; the series goes on with the next',
    access: 'campaigns.write',
    params: campaignParams,
    /** The occurrence that is next, or overdue. When it is neither any more, nothing is passed over. */
    body: z.object({ occurrenceAt: z.iso.datetime({ offset: true }) }),
    idempotent: true,
    response: Campaign,
  }),
} as const
