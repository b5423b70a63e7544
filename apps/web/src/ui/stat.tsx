import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { cn } from './cn.ts'
import { Skeleton } from './skeleton.tsx'

export type StatProps = {
  label: ReactNode
  /** undefined while loading; a number is formatted. */
  value: number | string | undefined
  /** Share of change against the earlier period, -1… ; sign decides the arrow. */
  change?: number | null | undefined
  /** Whether up is good news; decides the colour. Default `up`. */
  good?: 'up' | 'down' | 'neutral'
  hint?: ReactNode
  icon?: ReactNode
}

/** One figure with its name. Put several in StatRow. */
export function Stat({ label, value, change, good = 'up', hint, icon }: StatProps) {
  const format = useFormat()
  return (
    <div className="min-w-0 bg-surface px-5 py-4">
      <div className="flex items-center gap-2 text-xs font-medium text-muted [&_svg]:size-4 [&_svg]:text-subtle">
        {icon}
        <span className="truncate">{label}</span>
      </div>
      {value === undefined ? (
        <Skeleton className="mt-2.5 h-7 w-20" />
      ) : (
        <p className="mt-1.5 text-xl font-semibold tabular-nums" data-numeric>
          {typeof value === 'number' ? format.number(value) : value}
        </p>
      )}
      {(hint || (change !== null && change !== undefined)) && (
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-subtle">
          {change !== null && change !== undefined && <Change change={change} good={good} />}
          {hint}
        </p>
      )}
    </div>
  )
}

function Change({ change, good }: { change: number; good: 'up' | 'down' | 'neutral' }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const value = format.percent(Math.abs(change))
  const Icon = change > 0 ? ArrowUpRight : change < 0 ? ArrowDownRight : ArrowRight
  const isGood = change === 0 || good === 'neutral' ? null : change > 0 === (good === 'up')
  return (
    <span
      className={cn(
        'inline-flex items-center gap-0.5 font-medium tabular-nums',
        isGood === true && 'text-success-ink',
        isGood === false && 'text-danger-ink',
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      <span aria-hidden>{value}</span>
      <span className="sr-only">
        {change === 0 ? t('stat.same') : t(change > 0 ? 'stat.up' : 'stat.down', { value })}
      </span>
    </span>
  )
}

/** Figures side by side as one band, divided by hairlines. */
export function StatRow({ children, columns = 4 }: { children: ReactNode; columns?: 2 | 3 | 4 | 5 | 6 }) {
  const wide = {
    2: 'lg:grid-cols-2',
    3: 'lg:grid-cols-3',
    4: 'lg:grid-cols-4',
    5: 'lg:grid-cols-5',
    6: 'lg:grid-cols-6',
  }
  return (
    <div
      className={cn(
        'grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line max-sm:[&>*:last-child:nth-child(odd)]:col-span-2',
        columns > 2 && 'sm:grid-cols-3',
        columns === 4 && 'sm:grid-cols-2',
        wide[columns],
      )}
    >
      {children}
    </div>
  )
}
