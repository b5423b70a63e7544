import type { ExperimentReport } from '@siar/contract'
import { Trophy } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { cn } from '#ui/cn.ts'
import { IntervalBar } from './interval-bar.tsx'

export type VariantCardProps = {
  variant: ExperimentReport['variants'][number]
  goal: ExperimentReport['goal']
  /** The end of the axis all variants share, 0–1. */
  end: number
  /** `winner` was chosen, `leader` is surely better. */
  mark: 'winner' | 'leader' | null
  action: ReactNode
}

/** One variant: its message, how many got it, and the share that did what the goal asks with its interval. */
export function VariantCard({ variant, goal, end, mark, action }: VariantCardProps) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const { key, templateName, people, sent } = variant
  return (
    <li
      className={cn(
        'flex min-w-0 flex-col gap-4 rounded-lg border p-4',
        mark ? 'border-accent' : 'border-line',
      )}
    >
      <div className="flex items-start gap-3">
        <span
          className={cn(
            'flex size-7 shrink-0 items-center justify-center rounded-md text-sm font-bold',
            mark ? 'bg-accent-soft text-accent-ink' : 'bg-sunken text-muted',
          )}
          aria-hidden
        >
          {key}
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-semibold">
            {t('experiment.variant', { key })}
            {mark && (
              <Badge tone="accent" icon={<Trophy aria-hidden />}>
                {t(`experiment.mark.${mark}`)}
              </Badge>
            )}
          </h3>
          <p className="mt-0.5 text-xs break-words text-subtle">
            {templateName ?? t('experiment.ownMessage')}
          </p>
        </div>
      </div>
      <GoalShare variant={variant} goal={goal} end={end} strong={mark !== null} />
      <p className="text-xs text-subtle tabular-nums">
        {t('experiment.people', { count: people, sent: format.number(sent) })}
      </p>
      {action && <div className="mt-auto">{action}</div>}
    </li>
  )
}

type GoalShareProps = Pick<VariantCardProps, 'variant' | 'goal' | 'end'> & { strong: boolean }

function GoalShare({ variant, goal, end, strong }: GoalShareProps) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const share = variant.goal
  if (share === null) return <p className="text-sm text-muted">{t('experiment.nothingSent')}</p>
  const interval = { low: format.percent(share.low), high: format.percent(share.high) }
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-lg font-semibold tabular-nums">{format.percent(share.value)}</span>
        <span className="text-sm text-muted">{t(`experiment.did.${goal}`)}</span>
      </p>
      <div className="mt-2">
        <IntervalBar
          share={share}
          end={end}
          strong={strong}
          label={t('experiment.intervalLabel', { value: format.percent(share.value), ...interval })}
        />
      </div>
      <p className="mt-1.5 text-xs text-subtle tabular-nums">{t('experiment.interval', interval)}</p>
    </div>
  )
}
