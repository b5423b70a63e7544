import type { ConsentRow } from './consent.repo.ts'
import type { SuppressionRow } from './suppressions.repo.ts'

export function presentConsent({ at, ...row }: ConsentRow) {
  return { ...row, purpose: 'marketing' as const, at: at.toISOString() }
}

export function presentSuppression({ createdAt, createdAtText: _, ...row }: SuppressionRow) {
  return { ...row, createdAt: createdAt.toISOString() }
}
