import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { StatusBar } from '#ui/progress-bar.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { doneRatio, exclusiveCounts } from '../exclusive-counts.ts'
import type { RunView } from './use-run-view.ts'

type CampaignProgressProps = { campaign: Campaign; view: RunView }

/** How far the run is, how fast it goes and when it ends; moves by itself while it runs. */
export function CampaignProgress({ campaign, view }: CampaignProgressProps) {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const { figures } = view
  const done = doneRatio(figures)
  const reachable = figures.total - figures.skipped
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <p>
          <span className="text-xl font-semibold tabular-nums">
            {done === null ? '–' : format.percent(done, 0)}
          </span>
          <span className="ml-2.5 text-muted">
            {t('progress.done', {
              done: format.number(reachable - figures.queued),
              count: reachable,
            })}
          </span>
        </p>
        <p className="text-sm text-muted tabular-nums" aria-live="off">
          <Pace campaign={campaign} view={view} />
        </p>
      </div>
      <StatusBar counts={exclusiveCounts(figures)} label={campaign.name} />
    </Card>
  )
}

function Pace({ campaign, view }: CampaignProgressProps) {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const finishedAt = view.chosen ? view.chosen.finishedAt : campaign.finishedAt
  if (finishedAt) {
    return (
      <>
        {t('progress.finished')} <RelativeTime at={finishedAt} />
      </>
    )
  }
  if (campaign.status !== 'running' || !view.isNewest) return null
  const parts = [
    campaign.ratePerMinute === null
      ? null
      : t('progress.rate', { rate: format.number(Math.round(campaign.ratePerMinute)) }),
    campaign.expectedEndAt === null
      ? t('progress.endUnknown')
      : t('progress.ends', { time: format.dateTime(campaign.expectedEndAt) }),
  ]
  return parts.filter(Boolean).join(' · ')
}
