import { campaignOperations } from '@siar/contract'
import type { Campaign, ResponseOf } from '@siar/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { call } from '#app/api.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'

export type Report = ResponseOf<typeof campaignOperations.report>

/** Reasons, senders and timeline of a campaign. Read every 5 s while it runs: each event would be too often for counting. */
export function useReport(campaign: Campaign): UseQueryResult<Report, Error> {
  const workspaceId = useCurrentWorkspaceId()
  const params = { campaignId: campaign.id }
  return useQuery({
    queryKey: ['report.campaign', workspaceId, campaign.id, campaign.status],
    queryFn: ({ signal }) => call(campaignOperations.report, { params, signal }),
    enabled: campaign.startedAt !== null,
    placeholderData: keepPreviousData,
    refetchInterval: campaign.status === 'running' ? 5000 : false,
  })
}
