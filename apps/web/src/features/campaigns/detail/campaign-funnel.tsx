import type { CampaignFigures } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { cn } from '#ui/cn.ts'
import { statusStyle } from '#ui/status.ts'
import { ratioOf } from '../exclusive-counts.ts'

const stages = ['sent', 'delivered', 'read', 'replied'] as const
type Stage = (typeof stages)[number]

const above: Record<Stage, Stage | null> = {
  sent: null,
  delivered: 'sent',
  read: 'delivered',
  replied: 'read',
}

type CampaignFunnelProps = { figures: CampaignFigures; tracksLinks: boolean }

/** How many got how far, each stage labelled with its count and its share of the one before. */
export function CampaignFunnel({ figures, tracksLinks }: CampaignFunnelProps) {
  const { t } = useTranslation(['campaigns', 'campaign-results', 'ui'])
  const format = useFormat()
  const reachable = figures.total - figures.skipped
  const words = (share: number | null, stage: Stage | 'clicked') => {
    if (share === null) return '–'
    return stage === 'clicked'
      ? t('campaign-results:clickedShare', { share: format.percent(share) })
      : t(`campaigns:funnel.share.${stage}`, { share: format.percent(share) })
  }
  return (
    <Card title={t('campaigns:funnel.title')} text={t('campaigns:funnel.text', { count: reachable })}>
      <ol className="flex flex-col gap-4">
        {stages.map((stage) => {
          const from = above[stage]
          return (
            <FunnelBar
              key={stage}
              label={t(`ui:status.${stage}`)}
              fill={statusStyle[stage].fill}
              count={figures[stage]}
              width={ratioOf(figures[stage], reachable) ?? 0}
              words={words(ratioOf(figures[stage], from ? figures[from] : reachable), stage)}
            />
          )
        })}
        {(tracksLinks || figures.clicked > 0) && (
          <FunnelBar
            label={t('campaign-results:clicked')}
            fill="bg-accent"
            count={figures.clicked}
            width={ratioOf(figures.clicked, reachable) ?? 0}
            words={words(ratioOf(figures.clicked, figures.delivered), 'clicked')}
          />
        )}
      </ol>
    </Card>
  )
}

type FunnelBarProps = { label: string; fill: string; count: number; width: number; words: string }

function FunnelBar({ label, fill, count, width, words }: FunnelBarProps) {
  const format = useFormat()
  return (
    <li>
      <div className="mb-1.5 flex items-baseline justify-between gap-4">
        <span className="font-medium">{label}</span>
        <span className="flex items-baseline gap-2 tabular-nums">
          <span className="text-base font-semibold">{format.number(count)}</span>
          <span className="text-right text-xs text-subtle sm:w-44">{words}</span>
        </span>
      </div>
      <div className="h-3 overflow-hidden rounded-sm bg-sunken" aria-hidden>
        <div
          className={cn('h-full rounded-sm transition-[width] duration-200', fill)}
          style={{ width: `${width * 100}%` }}
        />
      </div>
    </li>
  )
}
