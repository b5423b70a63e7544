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

/** How many got how far, each stage labelled with its count and its share of the one before. */
export function CampaignFunnel({ figures }: { figures: CampaignFigures }) {
  const { t } = useTranslation('campaigns')
  const reachable = figures.total - figures.skipped
  return (
    <Card title={t('funnel.title')} text={t('funnel.text', { count: reachable })}>
      <ol className="flex flex-col gap-4">
        {stages.map((stage) => {
          const from = above[stage]
          return (
            <FunnelBar
              key={stage}
              stage={stage}
              count={figures[stage]}
              width={ratioOf(figures[stage], reachable) ?? 0}
              share={ratioOf(figures[stage], from ? figures[from] : reachable)}
            />
          )
        })}
      </ol>
    </Card>
  )
}

type FunnelBarProps = { stage: Stage; count: number; width: number; share: number | null }

function FunnelBar({ stage, count, width, share }: FunnelBarProps) {
  const { t } = useTranslation(['campaigns', 'ui'])
  const format = useFormat()
  return (
    <li>
      <div className="mb-1.5 flex items-baseline justify-between gap-4">
        <span className="font-medium">{t(`ui:status.${stage}`)}</span>
        <span className="flex items-baseline gap-2 tabular-nums">
          <span className="text-base font-semibold">{format.number(count)}</span>
          <span className="text-right text-xs text-subtle sm:w-44">
            {share === null ? '–' : t(`campaigns:funnel.share.${stage}`, { share: format.percent(share) })}
          </span>
        </span>
      </div>
      <div className="h-3 overflow-hidden rounded-sm bg-sunken" aria-hidden>
        <div
          className={cn('h-full rounded-sm transition-[width] duration-200', statusStyle[stage].fill)}
          style={{ width: `${width * 100}%` }}
        />
      </div>
    </li>
  )
}
