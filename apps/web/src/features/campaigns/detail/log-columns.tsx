import { useTranslation } from 'react-i18next'
import { phoneText } from '#features/contacts/phone-text.ts'
import { RecipientBadge } from '#ui/state-badge.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import type { LogRow } from './log-row.ts'

/** The columns of the log of recipients. */
export function useLogColumns(): Column<LogRow>[] {
  const { t } = useTranslation('campaigns')
  return [
    {
      id: 'name',
      header: t('log.columns.person'),
      primary: true,
      width: '24%',
      cell: ({ contactName, address }) => (
        <span className="truncate">{contactName || phoneText(address)}</span>
      ),
    },
    {
      id: 'address',
      header: t('log.columns.address'),
      from: 'lg',
      cell: ({ address }) => (
        <span className="text-muted whitespace-nowrap tabular-nums">{phoneText(address)}</span>
      ),
    },
    {
      id: 'status',
      header: t('log.columns.status'),
      cell: ({ status }) => <RecipientBadge status={status} />,
    },
    {
      id: 'reason',
      header: t('log.columns.reason'),
      width: '30%',
      cell: ({ reasonText }) => <span className="text-muted">{reasonText ?? '–'}</span>,
    },
    {
      id: 'sender',
      header: t('log.columns.sender'),
      from: 'lg',
      cell: ({ senderName }) => <span className="whitespace-nowrap text-muted">{senderName ?? '–'}</span>,
    },
    {
      id: 'at',
      header: t('log.columns.at'),
      from: 'md',
      cell: ({ updatedAt }) => (
        <span className="whitespace-nowrap text-muted">
          <RelativeTime at={updatedAt} />
        </span>
      ),
    },
  ]
}
