import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Button } from './button.tsx'

export type CursorPagerProps = {
  /** First row of this page, counted from 1. */
  from: number
  /** Rows on this page. */
  count: number
  total?: number | undefined
  onPrevious: (() => void) | null
  onNext: (() => void) | null
}

/** Back and forth through a list whose server gives cursors (see `useCursorPages`). Hidden when there is only one page. */
export function CursorPager({ from, count, total, onPrevious, onNext }: CursorPagerProps) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  if (!onPrevious && !onNext) return null
  const span = { from: format.number(from), to: format.number(from + count - 1) }
  return (
    <nav aria-label={t('pager.label')} className="flex items-center justify-between gap-3">
      <span className="text-xs text-subtle tabular-nums">
        {total === undefined
          ? t('pager.shown', span)
          : t('pager.shownOf', { ...span, total: format.number(total) })}
      </span>
      <span className="flex gap-2">
        <Button
          size="sm"
          disabled={!onPrevious}
          onClick={onPrevious ?? undefined}
          icon={<ChevronLeft aria-hidden />}
        >
          {t('actions.previous')}
        </Button>
        <Button size="sm" disabled={!onNext} onClick={onNext ?? undefined}>
          {t('actions.next')}
          <ChevronRight aria-hidden />
        </Button>
      </span>
    </nav>
  )
}
