import type { Campaign, Forecast } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { Card } from '#ui/card.tsx'

export type ForecastCostProps = { budget: Campaign['budget']; forecast: Forecast }

/** What the messages cost, in the reader's own currency first; nothing while every sender sends for free. */
export function ForecastCost({ budget, forecast: { cost } }: ForecastCostProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const { currency } = usePreferences()
  if (!cost) return null
  const [own, other] = currency === 'USD' ? (['USD', 'IDR'] as const) : (['IDR', 'USD'] as const)
  const amount = (part: keyof typeof cost, unit: 'IDR' | 'USD') =>
    format.money(unit === 'IDR' ? cost[part].idrMinor : cost[part].usdMinor, unit)
  return (
    <Card title={t('review.cost')} text={t('review.costText')}>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-xl font-semibold tabular-nums">{amount('likely', own)}</span>
        <span className="text-sm text-muted tabular-nums">{amount('likely', other)}</span>
      </p>
      {cost.low.usdMinor !== cost.high.usdMinor && (
        <p className="mt-1 text-sm text-muted tabular-nums">
          {t('review.costRange', { low: amount('low', own), high: amount('high', own) })}
        </p>
      )}
      {budget && (
        <p className="mt-3 text-sm">
          {t('review.withinBudget', { amount: format.money(budget.amountMinor, budget.currency) })}
        </p>
      )}
    </Card>
  )
}
