import { campaignOperations } from '@siar/contract'
import type { Forecast } from '@siar/contract'
import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { call } from '#app/api.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'

/**
 * Who would get the campaign as it is saved now. Asked anew on each visit; progress of other campaigns does not ask again,
 * since counting a large audience is work.
 */
export function useForecast(campaignId: string): UseQueryResult<Forecast, Error> {
  const workspaceId = useCurrentWorkspaceId()
  return useQuery({
    queryKey: ['forecast.campaign', workspaceId, campaignId],
    queryFn: ({ signal }) => call(campaignOperations.forecast, { params: { campaignId }, signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}
