import type { Campaign } from '@siar/contract'
import type { Broadcast } from './prepare.ts'

const LOOK_EVERY_MS = 250
/** Receipts are taken as complete when nothing new came for this long after everything was delivered. */
const QUIET_MS = 2_000

const ENDED: ReadonlySet<Campaign['status']> = new Set(['completed', 'cancelled', 'halted', 'paused'])

/**
 * Waits until the campaign has ended, and then for the receipts that are expected soon.
 *
 * @param signal Ends the wait early; the campaign goes on unless it is cancelled.
 */
export async function followCampaign(
  { services, workspaceId, options }: Broadcast,
  campaignId: string,
  onProgress: (campaign: Campaign) => void,
  signal: AbortSignal,
): Promise<Campaign> {
  const look = async (): Promise<Campaign> => {
    const campaign = await services.campaigns.get(workspaceId, campaignId)
    onProgress(campaign)
    return campaign
  }
  let campaign = await look()
  while (!ENDED.has(campaign.status) && !signal.aborted) {
    await pause(LOOK_EVERY_MS)
    campaign = await look()
  }
  const endAtMs = performance.now() + options.waitMs
  for (let quietSinceMs = performance.now(); performance.now() < endAtMs && !signal.aborted;) {
    if (isSettled(campaign) && performance.now() - quietSinceMs > QUIET_MS) break
    await pause(LOOK_EVERY_MS)
    const before = JSON.stringify(campaign.figures)
    campaign = await look()
    if (JSON.stringify(campaign.figures) !== before) quietSinceMs = performance.now()
  }
  return campaign
}

/** Everything sent was delivered and nothing is unknown; only readers are missing, and they take their time. */
function isSettled({ figures }: Campaign): boolean {
  return figures.delivered === figures.sent && figures.unknown === 0
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
