import { campaignOperations } from '@siar/contract'
import type { Campaign, ResponseOf } from '@siar/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { call } from '#app/api.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'

export type Report = ResponseOf<typeof campaignOperations.report>

/**
 * Everything a report of one run holds. Read every 5 s while it runs: each event would be too often for counting.
 *
 * @param run The id of an older run; undefined for the newest.
 */
export function useReport(campaign: Campaign, run: string | undefined): UseQueryResult<Report, Error> {
  const workspaceId = useCurrentWorkspaceId()
  const params = { campaignId: campaign.id }
  return useQuery({
    queryKey: ['report.campaign', workspaceId, campaign.id, campaign.status, run ?? campaign.runs],
    queryFn: ({ signal }) => call(campaignOperations.report, { params, query: { run }, signal }),
    enabled: campaign.startedAt !== null,
    placeholderData: keepPreviousData,
    refetchInterval: campaign.status === 'running' && run === undefined ? 5000 : false,
  })
}
