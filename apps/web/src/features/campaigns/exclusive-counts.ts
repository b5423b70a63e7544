import type { CampaignFigures } from '@siar/contract'
import type { Status } from '#ui/status.ts'

/**
 * Counts every person once, by how far they got: figures contain each other (`sent` counts those who read), a stacked bar
 * may not. The cancelled stand with the skipped: neither was sent to.
 */
export function exclusiveCounts(figures: CampaignFigures): Record<Status, number> {
  const { sent, delivered, read, replied } = figures
  return {
    replied,
    read: Math.max(0, read - replied),
    delivered: Math.max(0, delivered - read),
    sent: Math.max(0, sent - delivered),
    queued: figures.queued,
    skipped: figures.skipped + figures.cancelled,
    unknown: figures.unknown,
    failed: figures.failed,
  }
}

/** Share of the people a campaign set out to reach that are done with, 0..1; null before it has started. */
export function doneRatio(figures: CampaignFigures): number | null {
  const reachable = figures.total - figures.skipped
  if (reachable <= 0) return null
  return (reachable - figures.queued) / reachable
}

/** `part` of `whole` as 0..1; null when there is nothing to divide by. */
export function ratioOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
