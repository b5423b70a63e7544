import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'
import { Tooltip } from './tooltip.tsx'

export type LiveIndicatorProps = {
  state: 'idle' | 'live' | 'reconnecting'
  /** Only the dot, where there is no room for the word; the word is still read aloud. */
  compact?: boolean
}

/** Whether figures move by themselves; while the line is down it says so. Nothing is shown before the first connection. */
export function LiveIndicator({ state, compact }: LiveIndicatorProps) {
  const { t } = useTranslation('ui')
  if (state === 'idle') return null
  const live = state === 'live'
  const mark = (
    <span
      role="status"
      className={cn(
        'inline-flex items-center gap-1.5 text-xs font-medium',
        live ? 'text-muted' : 'text-warn-ink',
      )}
    >
      <span
        className={cn('size-2 rounded-full', live ? 'bg-replied-fill' : 'animate-shimmer bg-warn')}
        aria-hidden
      />
      <span className={compact ? 'sr-only' : undefined}>
        {live ? t('live.live') : t('live.reconnecting')}
      </span>
    </span>
  )
  return live ? mark : <Tooltip text={t('live.hint')}>{mark}</Tooltip>
}
