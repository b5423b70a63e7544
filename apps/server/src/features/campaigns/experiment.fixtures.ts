import type { Experiment } from '@siar/contract'

/** An experiment of variants A, B, … with these weights; everybody is in it and a person decides, unless changed. */
export function experimentOf(
  changes: Partial<Experiment> = {},
  weights: readonly number[] = [1, 1],
): Experiment {
  return {
    variants: weights.map((weight, index) => ({
      key: (['A', 'B', 'C', 'D', 'E', 'F'] as const)[index] ?? 'A',
      templateId: null,
      weight,
      delayMinutes: 0,
    })),
    testSharePercent: 100,
    holdoutPercent: 0,
    goal: 'read',
    decide: 'manual',
    decideAfterHours: 24,
    ...changes,
  }
}
