import type { Campaign, CampaignFigures } from '@siar/contract'
import { hasWaitingGroup } from '@siar/domain'
import type { Figures } from '@siar/domain'
import type { CampaignRow } from './campaigns.repo.ts'
import { longestDelayMs } from './experiment-run.ts'

export function presentFigures(figures: Figures): CampaignFigures {
  const { total, queued, skipped, sent, delivered, read, replied, clicked, failed, unknown, cancelled } =
    figures
  return { total, queued, skipped, sent, delivered, read, replied, clicked, failed, unknown, cancelled }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** Null while nobody knows: it does not run, nothing went out lately, or people wait for a winner to be chosen. */
function expectedEnd(row: CampaignRow, figures: Figures, ratePerMinute: number | null, now: Date) {
  const { experiment, winner, startedAt } = row
  if (row.status !== 'running' || !ratePerMinute) return null
  if (experiment && hasWaitingGroup(experiment) && winner === null) return null
  const lastBeginsAtMs = (startedAt ?? now).getTime() + longestDelayMs(experiment?.variants ?? [])
  const emptyAtMs = now.getTime() + (figures.queued / ratePerMinute) * 60_000
  return new Date(Math.max(emptyAtMs, lastBeginsAtMs)).toISOString()
}

/** @param ratePerMinute Messages handed out over the last minute; null unless the campaign is running. */
export function presentCampaign(
  row: CampaignRow,
  figures: Figures,
  ratePerMinute: number | null,
  now: Date,
  halt: Campaign['halt'] = null,
): Campaign {
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
    halt,
    runs: row.runs,
    clonedFrom: row.clonedFrom,
    figures: presentFigures(figures),
    ratePerMinute,
    expectedEndAt: expectedEnd(row, figures, ratePerMinute, now),
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  }
}
