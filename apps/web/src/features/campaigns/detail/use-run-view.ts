import { campaignRunOperations } from '@siar/contract'
import type { Campaign, CampaignFigures, CampaignRun } from '@siar/contract'
import { useOperation } from '#app/query.ts'
import { useUrlState } from '#ui/url-state.ts'

const runsShown = 100

/** The run a campaign page is about: the newest, unless the URL names another. */
export type RunView = {
  /** For queries; undefined means the newest. */
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
  const chosen = runs?.find(({ id }) => id === url.run) ?? runs?.[0] ?? null
  const isNewest = chosen === null || chosen === runs?.[0]
  return {
    runId: isNewest ? undefined : chosen.id,
    isNewest,
    figures: isNewest ? campaign.figures : chosen.figures,
    runs,
    chosen,
    choose: ({ id }) => setUrl({ run: id === runs?.[0]?.id ? '' : id, cursor: '', page: '1' }),
  }
}
