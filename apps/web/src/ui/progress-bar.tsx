import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { cn } from './cn.ts'
import { statusStyle, statuses } from './status.ts'
import type { Status } from './status.ts'

export type StatusBarProps = {
  /** People per status, each counted once (exclusive): delivered does not contain read. */
  counts: Partial<Record<Status, number>>
  legend?: boolean
  label?: string
  size?: 'sm' | 'md'
}

/** How far a campaign is, stacked by what became of each message. */
export function StatusBar({ counts, legend = true, label, size = 'md' }: StatusBarProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const parts = statuses
    .map((status) => ({ status, count: counts[status] ?? 0 }))
    .filter((part) => part.count > 0)
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const words = parts.map((part) => `${t(`status.${part.status}`)} ${format.number(part.count)}`)
  return (
    <div className="min-w-0">
      <div
        role="img"
        aria-label={`${label ?? t('progress.label')}: ${words.join(', ')}`}
        className={cn(
          'flex w-full gap-px overflow-hidden rounded-full bg-sunken',
          size === 'sm' ? 'h-1.5' : 'h-2.5',
        )}
      >
        {parts.map((part) => (
          <span
            key={part.status}
            className={cn(
              'h-full min-w-0.5 transition-[flex-grow] duration-200',
              statusStyle[part.status].fill,
            )}
            style={{ flexGrow: part.count / total, flexBasis: 0 }}
          />
        ))}
      </div>
      {legend && (
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-xs">
          {parts.map((part) => (
            <li key={part.status} className="flex items-center gap-1.5">
              <span className={cn('size-2 rounded-full', statusStyle[part.status].fill)} aria-hidden />
              <span className="text-muted">{t(`status.${part.status}`)}</span>
              <span className="font-semibold tabular-nums">{format.number(part.count)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export type ProgressBarProps = {
  /** 0..1, or null when nobody knows. */
  ratio: number | null
  label: string
  /** At the right end: rate, time left. */
  aside?: string
}

/** How far one piece of long work is (an import, an export, an upload). */
export function ProgressBar({ ratio, label, aside }: ProgressBarProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const percent = ratio === null ? undefined : Math.round(Math.min(1, Math.max(0, ratio)) * 100)
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-3 text-xs">
        <span className="font-medium">{label}</span>
        <span className="text-muted tabular-nums">
          {[ratio === null ? null : t('progress.done', { percent: format.percent(ratio, 0) }), aside]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className={cn(
            'h-full rounded-full bg-accent transition-[width] duration-200',
            percent === undefined && 'w-1/3 animate-shimmer',
          )}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  )
}
