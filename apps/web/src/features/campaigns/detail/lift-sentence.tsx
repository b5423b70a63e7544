import type { ExperimentReport } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

export type LiftSentenceProps = { lift: NonNullable<ExperimentReport['lift']> }

/** What the campaign itself brought about, in one sentence that does not claim more than the figures hold. */
export function LiftSentence({ lift }: LiftSentenceProps) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const points = (share: number) => format.number(Math.round(share * 1000) / 10)
  const { sent, held, people, difference, isSure } = lift
  return (
    <p className="max-w-prose text-sm text-pretty text-muted">
      {t(isSure ? 'lift.sure' : 'lift.unsure', {
        count: people,
        sent: format.percent(sent.value),
        held: format.percent(held.value),
        difference: points(difference.value),
        low: points(difference.low),
        high: points(difference.high),
      })}
    </p>
  )
}
