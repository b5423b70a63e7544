import { z } from 'zod'
import { variantKeys } from './campaign-plan.ts'
import { Campaign, campaignParams } from './campaigns.ts'
import { defineOperation } from './operation.ts'

export const experimentOperations = {
  chooseWinner: defineOperation({
    id: 'campaigns.chooseWinner',
    method: 'POST',
    path: '/api/v1/campaigns/:campaignId/winner',
    summary: 'Send this variant to everybody who waits for the winner',
    access: 'campaigns.write',
    params: campaignParams,
    body: z.object({ variant: z.enum(variantKeys) }),
    response: Campaign,
  }),
} as const
