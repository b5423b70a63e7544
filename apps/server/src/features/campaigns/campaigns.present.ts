import type { Campaign, CampaignFigures } from '@siar/contract'
import type { Figures } from '@siar/domain'
import type { CampaignRow } from './campaigns.repo.ts'

export function presentFigures(figures: Figures): CampaignFigures {
  const { total, queued, skipped, sent, delivered, read, replied, clicked, failed, unknown, cancelled } =
    figures
  return { total, queued, skipped, sent, delivered, read, replied, clicked, failed, unknown, cancelled }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** @param ratePerMinute Messages handed out over the last minute; null unless the campaign is running. */
export function presentCampaign(
  row: CampaignRow,
  figures: Figures,
  ratePerMinute: number | null,
  now: Date,
): Campaign {
  const remainingMs = ratePerMinute ? (figures.queued / ratePerMinute) * 60_000 : null
  const expectsEnd = row.status === 'running' && remainingMs !== null
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    status: row.status,
    statusReason: row.statusReason,
    templateId: row.templateId,
    templateName: row.templateName,
    variables: row.variables,
    audience: row.audience,
    schedule: row.schedule,
    startAt: iso(row.startAt),
    pacing: row.pacing,
    rotation: row.rotation,
    senderIds: row.senderIds,
    weights: row.weights,
    experiment: row.experiment,
    budget: row.budget,
    trackLinks: row.trackLinks,
    halt: null,
    runs: row.runs,
    clonedFrom: row.clonedFrom,
    figures: presentFigures(figures),
    ratePerMinute,
    expectedEndAt: expectsEnd ? new Date(now.getTime() + remainingMs).toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  }
}
