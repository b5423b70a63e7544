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
} as const
