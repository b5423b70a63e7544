import type { Money } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewer } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { costDifference, countDifference, timeDifference } from './forecast-difference.ts'
import type { Report } from './use-report.ts'

type Foretold = NonNullable<Report['forecast']>
export type ForecastCardProps = { report: Report; isOver: boolean }

/** What was foretold beside what came, with the difference in words; without a forecast only what it has cost. */
export function ForecastCard({ report, isOver }: ForecastCardProps) {
  const { t } = useTranslation('campaign-results')
  const write = useMoney()
  const { forecast, cost } = report
  if (forecast === null) {
    return cost === null ? null : (
      <Card title={t('forecast.costTitle')}>
        <p className="text-lg font-semibold tabular-nums">{write(cost)}</p>
      </Card>
    )
  }
  return (
    <Card title={t('forecast.title')} text={isOver ? undefined : t('forecast.soFar')}>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-xs text-subtle">
            <td />
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              {t('forecast.foretold')}
            </th>
            <th scope="col" className="pb-1.5 pl-3 text-right font-medium">
              {t(isOver ? 'forecast.actual' : 'forecast.now')}
            </th>
          </tr>
        </thead>
        <ForecastRows forecast={forecast} isOver={isOver} />
      </table>
    </Card>
  )
}

function ForecastRows({ forecast, isOver }: { forecast: Foretold; isOver: boolean }) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const { recipients, skipped, endAt, cost } = forecast
  const count = (pair: { foretold: number; actual: number }) => {
    const found = countDifference(pair.foretold, pair.actual)
    return found.kind === 'same' ? t('forecast.same') : t(`forecast.count.${found.kind}`, { count: found.by })
  }
  const end = timeDifference(endAt.foretold, endAt.actual)
  const time = (at: string | null) => (at === null ? '–' : format.dateTime(at))
  return (
    <tbody>
      <Row
        name={t('forecast.recipients')}
        foretold={format.number(recipients.foretold)}
        actual={format.number(recipients.actual)}
        words={isOver && count(recipients)}
      />
      <Row
        name={t('forecast.skipped')}
        foretold={format.number(skipped.foretold)}
        actual={format.number(skipped.actual)}
        words={isOver && count(skipped)}
      />
      <Row
        name={t('forecast.end')}
        foretold={time(endAt.foretold)}
        actual={time(endAt.actual)}
        words={
          end &&
          (end.kind === 'same'
            ? t('forecast.same')
            : t(`forecast.time.${end.kind}`, { time: format.duration(end.byMs) }))
        }
      />
      {cost && <CostRow cost={cost} isOver={isOver} />}
    </tbody>
  )
}

function CostRow({ cost, isOver }: { cost: NonNullable<Foretold['cost']>; isOver: boolean }) {
  const { t } = useTranslation('campaign-results')
  const write = useMoney()
  const { low, likely, high, actual } = cost
  const range = { low: write(low), high: write(high) }
  const place = costDifference({ low: low.usdMinor, high: high.usdMinor }, actual.usdMinor)
  const judged = isOver || place === 'above'
  const exact = low.usdMinor === high.usdMinor
  const words = () => {
    if (!exact) return t(judged ? `forecast.range.${place}` : 'forecast.range.open', range)
    return judged && t(`forecast.exact.${place}`)
  }
  return <Row name={t('forecast.cost')} foretold={write(likely)} actual={write(actual)} words={words()} />
}

type RowProps = { name: string; foretold: string; actual: string; words: ReactNode }

function Row({ name, foretold, actual, words }: RowProps) {
  return (
    <>
      <tr className="border-t border-line align-baseline">
        <th scope="row" className="pt-2 text-left font-normal text-muted">
          {name}
        </th>
        <td className="pt-2 pl-3 text-right text-muted tabular-nums">{foretold}</td>
        <td className="pt-2 pl-3 text-right font-semibold tabular-nums">{actual}</td>
      </tr>
      <tr>
        <td colSpan={3} className="pb-2 text-right text-xs text-subtle">
          {words}
        </td>
      </tr>
    </>
  )
}

/** Writes money in the currency of the person who looks. */
function useMoney(): (money: Money) => string {
  const { me } = useViewer()
  const format = useFormat()
  return ({ idrMinor, usdMinor }) =>
    me.currency === 'USD' ? format.money(usdMinor, 'USD') : format.money(idrMinor, 'IDR')
}
