import { cn } from '#ui/cn.ts'
import { placeOnAxis } from './experiment-state.ts'

export type IntervalBarProps = {
  share: { value: number; low: number; high: number }
  /** The value at the right end, 0–1; the same for all bars that are compared. */
  end: number
  /** Says the share and its interval in words. */
  label: string
  strong: boolean
}

/** A share as a dot within its interval: a thin bar that is short when much is known. */
export function IntervalBar({ share, end, label, strong }: IntervalBarProps) {
  const { start, width, at } = placeOnAxis(share, end)
  const percent = (part: number) => `${(part * 100).toFixed(2)}%`
  return (
    <div role="img" aria-label={label} className="relative mx-1.5 h-4">
      <span className="absolute inset-x-0 top-1/2 h-px -translate-y-1/2 bg-line-strong" />
      <span
        className={cn(
          'absolute top-1/2 h-1.5 -translate-y-1/2 rounded-full',
          strong ? 'bg-accent/45' : 'bg-control/45',
        )}
        style={{ left: percent(start), width: percent(width) }}
      />
      <span
        className={cn(
          'absolute top-1/2 size-3 -translate-1/2 rounded-full border-2 border-surface',
          strong ? 'bg-accent' : 'bg-control',
        )}
        style={{ left: percent(at) }}
      />
    </div>
  )
}
