import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { ratioOf } from '../exclusive-counts.ts'
import type { Report } from './use-report.ts'

/** Why people were sent to by the number they were, as the routing wrote it down, most first. */
export function RoutesCard({ routes }: { routes: Report['routes'] }) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  if (routes.length === 0) return null
  const total = routes.reduce((sum, { count }) => sum + count, 0)
  return (
    <Card title={t('routes.title')}>
      <ul className="flex flex-col gap-3.5">
        {[...routes]
          .sort((left, right) => right.count - left.count)
          .map(({ reason, text, count }) => (
            <li key={reason}>
              <div className="flex items-baseline justify-between gap-4">
                <span className="text-muted">{text}</span>
                <span className="font-semibold tabular-nums">{format.number(count)}</span>
              </div>
              <div className="mt-1 h-1 overflow-hidden rounded-full bg-sunken" aria-hidden>
                <div
                  className="h-full rounded-full bg-control"
                  style={{ width: `${(ratioOf(count, total) ?? 0) * 100}%` }}
                />
              </div>
            </li>
          ))}
      </ul>
    </Card>
  )
}
