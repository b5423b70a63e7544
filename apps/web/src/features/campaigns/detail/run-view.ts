import type { Campaign, CampaignFigures, CampaignRun } from '@siar/contract'

type Chosen = {
  runId: string | undefined
  isNewest: boolean
  figures: CampaignFigures
  chosen: CampaignRun | null
}

/** The newest run that was not passed over; where all were, the newest. */
export function newestThatSent(runs: readonly CampaignRun[] | undefined): CampaignRun | null {
  return runs?.find(({ note }) => note === null) ?? runs?.[0] ?? null
}

/**
 * Which run is shown. The one under way takes its figures from the campaign, which moves by itself; every other has its own.
 *
 * @param runs Newest first; undefined while there is only one.
 * @param wanted The id in the URL, or anything else for the newest.
 */
export function viewOf(
  { status, figures }: Pick<Campaign, 'status' | 'figures'>,
  runs: readonly CampaignRun[] | undefined,
  wanted: string,
): Chosen {
  const newest = newestThatSent(runs)
  const chosen = runs?.find(({ id }) => id === wanted) ?? newest
  const isNewest = chosen === newest
  const underWay = status === 'running' || status === 'paused' || status === 'halted'
  if (chosen === null || (isNewest && underWay)) return { runId: undefined, isNewest, figures, chosen }
  return { runId: chosen.id, isNewest, figures: chosen.figures, chosen }
}
