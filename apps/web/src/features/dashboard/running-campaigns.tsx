import { Link } from '@tanstack/react-router'
import type { Campaign } from '@siar/contract'
import { Megaphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { StatusBar } from '#ui/progress-bar.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { CampaignBadge } from '#ui/state-badge.tsx'
import { exclusiveCounts } from '#features/campaigns/exclusive-counts.ts'

/** The campaigns under way, each with its bar, its pace and its end; they move by themselves. */
export function RunningCampaigns({ running }: { running: Campaign[] | undefined }) {
  const { t } = useTranslation('dashboard')
  return (
    <Card
      title={t('running.title')}
      aside={
        <Button tone="link" size="sm" asChild>
          <Link to="/campaigns">{t('running.all')}</Link>
        </Button>
      }
    >
      {running === undefined && <SkeletonText lines={3} />}
      {running?.length === 0 && (
        <p className="flex items-center gap-3 text-sm text-muted">
          <Megaphone className="size-4 shrink-0 text-subtle" aria-hidden />
          {t('running.none')}
        </p>
      )}
      {running && running.length > 0 && (
        <ul className="divide-y divide-line">
          {running.map((campaign) => (
            <RunningLine key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function RunningLine({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const { figures, ratePerMinute, expectedEndAt } = campaign
  const reachable = figures.total - figures.skipped
  const words = [
    t('running.done', { done: format.number(reachable - figures.queued), count: reachable }),
    ratePerMinute ? t('running.rate', { rate: format.number(Math.round(ratePerMinute)) }) : null,
    expectedEndAt ? t('running.ends', { time: format.time(expectedEndAt) }) : null,
  ]
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="mb-2.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId: campaign.id }}
          className="min-w-0 truncate font-semibold hover:underline"
        >
          {campaign.name}
        </Link>
        <CampaignBadge status={campaign.status} />
      </div>
      <StatusBar counts={exclusiveCounts(figures)} legend={false} label={campaign.name} />
      <p className="mt-2 text-xs text-subtle tabular-nums">{words.filter(Boolean).join(' · ')}</p>
    </li>
  )
}
