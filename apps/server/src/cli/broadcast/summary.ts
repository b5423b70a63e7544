import type { CampaignFigures } from '@siar/contract'

/** The last line of `siar broadcast --json`. */
export interface Summary {
  readonly total: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
  readonly skipped: number
  readonly sent: number
  readonly delivered: number
  readonly read: number
  readonly failed: number
  readonly unknown: number
}

export interface RowCounts {
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
}

/**
 * Puts what the import and the campaign counted into one line.
 *
 * total = valid + duplicates + invalid. Somebody who was cancelled before the turn came counts as skipped, somebody
 * still waiting as unknown, so valid = skipped + sent + failed + unknown holds whenever every person was frozen.
 */
export function summarise(rows: RowCounts, figures: CampaignFigures): Summary {
  return {
    total: rows.valid + rows.duplicates + rows.invalid,
    valid: rows.valid,
    duplicates: rows.duplicates,
    invalid: rows.invalid,
    skipped: figures.skipped + figures.cancelled,
    sent: figures.sent,
    delivered: figures.delivered,
    read: figures.read,
    failed: figures.failed,
    unknown: figures.unknown + figures.queued,
  }
}

/** Tells whether every row is explained: the counts add up and nothing is left unknown. */
export function isExplained(summary: Summary): boolean {
  const { valid, skipped, sent, delivered, read, failed, unknown } = summary
  return unknown === 0 && valid === skipped + sent + failed && read <= delivered && delivered <= sent
}
