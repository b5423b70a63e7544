import type { CampaignFigures } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { StatusBadge } from '#ui/status-badge.tsx'
import { UnknownPart } from './unknown-part.tsx'
import type { Report } from './use-report.ts'

type ReasonsCardProps = { figures: CampaignFigures; report: Report | undefined; campaignId: string }

/** Why people were left out and why messages failed, in words, most first. */
export function ReasonsCard({ figures, report, campaignId }: ReasonsCardProps) {
  const { t } = useTranslation('campaigns')
  const nobody = figures.skipped + figures.failed + figures.unknown === 0
  return (
    <Card title={t('reasons.title')}>
      {nobody && <p className="text-sm text-muted">{t('reasons.none')}</p>}
      {!nobody && !report && <SkeletonText lines={4} />}
      {report && (
        <div className="flex flex-col gap-5">
          {figures.unknown > 0 && <UnknownPart campaignId={campaignId} count={figures.unknown} />}
          <Reasons status="failed" rows={report.failed} />
          <Reasons status="skipped" rows={report.skipped} />
        </div>
      )}
    </Card>
  )
}

type ReasonsProps = { status: 'failed' | 'skipped'; rows: Report['failed'] }

function Reasons({ status, rows }: ReasonsProps) {
  const format = useFormat()
  if (rows.length === 0) return null
  const sorted = [...rows].sort((left, right) => right.count - left.count)
  return (
    <section>
      <StatusBadge status={status} />
      <ul className="mt-2 divide-y divide-line">
        {sorted.map(({ reason, text, count }) => (
          <li key={reason} className="flex justify-between gap-4 py-2">
            <span className="text-muted">{text}</span>
            <span className="font-semibold tabular-nums">{format.number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
