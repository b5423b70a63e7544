import { campaignRunOperations } from '@siar/contract'
import type { Campaign, CampaignFigures, CampaignRun } from '@siar/contract'
import { useOperation } from '#app/query.ts'
import { useUrlState } from '#ui/url-state.ts'
import { newestThatSent, viewOf } from './run-view.ts'

const runsShown = 100

/** The run a campaign page is about: the newest that sent anything, unless the URL names another. */
export type RunView = {
  /** For queries; undefined means the one under way, or the only one. */
  runId: string | undefined
  isNewest: boolean
  figures: CampaignFigures
  /** Newest first; undefined while loading, or when there is only one. */
  runs: readonly CampaignRun[] | undefined
  chosen: CampaignRun | null
  choose: (run: CampaignRun) => void
}

/** Reads the runs of a campaign that has several, and which one the URL (`?run=`) chose. */
export function useRunView(campaign: Campaign): RunView {
  const [url, setUrl] = useUrlState({ run: '', cursor: '', page: '1' })
  const { data } = useOperation(
    campaignRunOperations.listRuns,
    { params: { campaignId: campaign.id }, query: { limit: runsShown } },
    { enabled: campaign.runs > 1, keepPrevious: true },
  )
  const runs = data?.data
  const newest = newestThatSent(runs)
  return {
    ...viewOf(campaign, runs, url.run),
    runs,
    choose: ({ id }) => setUrl({ run: id === newest?.id ? '' : id, cursor: '', page: '1' }),
  }
}
