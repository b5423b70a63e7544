import { campaignOperations } from '@siar/contract'
import type { Forecast } from '@siar/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { call } from '#app/api.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'
import type { Draft } from '../draft.ts'

export type ForecastOptions = {
  /** What is saved now: a change asks again, and until the answer is there the last one shows. */
  saved: Draft
  enabled: boolean
}

/**
 * Who would get the campaign as it is saved now. Asked anew on each visit; progress of other campaigns does not ask again,
 * since counting a large audience is work.
 */
export function useForecast(campaignId: string, options: ForecastOptions): UseQueryResult<Forecast, Error> {
  const workspaceId = useCurrentWorkspaceId()
  return useQuery({
    queryKey: ['forecast.campaign', workspaceId, campaignId, JSON.stringify(options.saved)],
    queryFn: ({ signal }) => call(campaignOperations.forecast, { params: { campaignId }, signal }),
    enabled: options.enabled,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}
