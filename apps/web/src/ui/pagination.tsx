import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './icon-button.tsx'

export type PaginationProps = { page: number; pages: number; onPage: (page: number) => void }

/** Numbered pages, for the few lists small enough to be counted; lists from the API use CursorPager. */
export function Pagination({ page, pages, onPage }: PaginationProps) {
  const { t } = useTranslation('ui')
  if (pages <= 1) return null
  return (
    <nav aria-label={t('pager.label')} className="flex items-center justify-end gap-1">
      <IconButton
        label={t('actions.previous')}
        icon={<ChevronLeft aria-hidden />}
        size="sm"
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <span className="px-2 text-xs text-muted tabular-nums" aria-live="polite">
        {t('pager.pageOf', { page, pages })}
      </span>
      <IconButton
        label={t('actions.next')}
        icon={<ChevronRight aria-hidden />}
        size="sm"
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  )
}
