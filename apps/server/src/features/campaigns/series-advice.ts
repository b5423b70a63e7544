import { hasWaitingGroup } from '@siar/domain'
import { occurrencesOf } from '@siar/domain/recurrence'
import type { Language } from '../../core.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { longestDelayMs } from './experiment-run.ts'
import type { Notice } from './forecast-notices.ts'

const hourMs = 3_600_000

const texts = {
  manual: {
    id: 'Selama Anda belum memilih pemenang uji, jadwal berikutnya dilewati.',
    en: 'Until you choose the winner of the test, the next starts are passed over.',
  },
  automatic: {
    id: 'Pemenang uji baru diketahui setelah jadwal berikutnya. Jadwal yang tiba sebelum itu dilewati.',
    en: 'The winner of the test is known only after the next start. Starts that come before that are passed over.',
  },
} as const

/** Says of a recurring campaign that its runs may still wait for the winner of their test when the next start comes. */
export function seriesAdvice(
  { schedule, experiment }: Pick<CampaignRow, 'schedule' | 'experiment'>,
  now: Date,
  language: Language,
): Notice[] {
  if (schedule.kind !== 'recurring' || !experiment || !hasWaitingGroup(experiment)) return []
  const { decide, decideAfterHours, variants } = experiment
  const [first, second] = occurrencesOf(schedule, now.getTime(), 2)
  if (first === undefined || second === undefined) return []
  const isInTime = second - first > longestDelayMs(variants) + decideAfterHours * hourMs
  if (decide === 'automatic' && isInTime) return []
  return [{ code: 'winner_awaited', message: texts[decide][language] }]
}
