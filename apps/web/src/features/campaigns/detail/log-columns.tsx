import { MousePointerClick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { phoneText } from '#features/contacts/phone-text.ts'
import { RecipientBadge } from '#ui/state-badge.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import type { LogRow } from './log-row.ts'
import { useVariantWords } from './variant-words.ts'

export type LogColumns = { hasVariants: boolean; tracksLinks: boolean }

/**
 * The columns of the log of recipients; those of experiments and links only where there are any, and then
 * the number makes room for them (its sheet shows it).
 */
export function useLogColumns({ hasVariants, tracksLinks }: LogColumns): Column<LogRow>[] {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const variantWords = useVariantWords()
  const variant: Column<LogRow> = {
    id: 'variant',
    header: t('campaign-results:log.variant'),
    width: '6rem',
    from: 'md',
    cell: (row) => <span className="text-muted">{variantWords(row.variant)}</span>,
  }
  const clicked: Column<LogRow> = {
    id: 'clicked',
    header: t('campaign-results:clicked'),
    width: '6rem',
    from: 'lg',
    cell: ({ clickedAt }) =>
      clickedAt === null ? (
        <span className="text-subtle">–</span>
      ) : (
        <MousePointerClick className="size-4 text-accent-ink" aria-label={t('campaign-results:clicked')} />
      ),
  }
  const address: Column<LogRow> = {
    id: 'address',
    header: t('campaigns:log.columns.address'),
    from: 'lg',
    cell: (row) => (
      <span className="text-muted whitespace-nowrap tabular-nums">{phoneText(row.address)}</span>
    ),
  }
  return [
    {
      id: 'name',
      header: t('campaigns:log.columns.person'),
      primary: true,
      width: '24%',
      cell: ({ contactName, address }) => (
        <span className="truncate">{contactName || phoneText(address)}</span>
      ),
    },
    ...(hasVariants && tracksLinks ? [] : [address]),
    {
      id: 'status',
      header: t('campaigns:log.columns.status'),
      cell: ({ status }) => <RecipientBadge status={status} />,
    },
    ...(hasVariants ? [variant] : []),
    ...(tracksLinks ? [clicked] : []),
    {
      id: 'reason',
      header: t('campaigns:log.columns.reason'),
      width: '30%',
      cell: ({ reasonText }) => <span className="text-muted">{reasonText ?? '–'}</span>,
    },
    {
      id: 'sender',
      header: t('campaigns:log.columns.sender'),
      from: 'lg',
      cell: ({ senderName }) => <span className="whitespace-nowrap text-muted">{senderName ?? '–'}</span>,
    },
    {
      id: 'at',
      header: t('campaigns:log.columns.at'),
      from: 'md',
      cell: ({ updatedAt }) => (
        <span className="whitespace-nowrap text-muted">
          <RelativeTime at={updatedAt} />
        </span>
      ),
    },
  ]
}
