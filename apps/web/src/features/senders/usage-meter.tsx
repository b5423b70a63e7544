import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { cn } from '#ui/cn.ts'

export type UsageMeterProps = { label: string; used: number; allowed: number | null }

/** Messages used of those allowed; `allowed` null means nothing caps it. */
export function UsageMeter({ label, used, allowed }: UsageMeterProps) {
  const { t } = useTranslation('senders')
  const format = useFormat()
  const ratio = allowed === null ? 0 : allowed === 0 ? 1 : Math.min(1, used / allowed)
  const words =
    allowed === null
      ? t('usage.free', { used: format.number(used) })
      : t('usage.of', { used: format.number(used), allowed: format.number(allowed) })
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-3 text-xs">
        <span className="text-muted">{label}</span>
        <span className="font-medium tabular-nums">{words}</span>
      </div>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={allowed ?? Math.max(used, 1)}
        aria-valuenow={allowed === null ? used : Math.min(used, allowed)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={cn(
            'h-full rounded-full transition-[width] duration-200',
            ratio >= 1 ? 'bg-warn' : 'bg-accent',
          )}
          style={{ width: `${ratio * 100}%` }}
        />
      </div>
    </div>
  )
}
