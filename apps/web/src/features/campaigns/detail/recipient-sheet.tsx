import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Button } from '#ui/button.tsx'
import { Facts } from '#ui/facts.tsx'
import type { Fact } from '#ui/facts.tsx'
import { Notice } from '#ui/notice.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { RecipientBadge } from '#ui/state-badge.tsx'
import { DateTime } from '#ui/time.tsx'
import type { LogRow } from './log-row.ts'
import { useVariantWords } from './variant-words.ts'

/** What happened to one recipient, step by step. */
export function RecipientSheet({ row, onClose }: { row: LogRow | null; onClose: () => void }) {
  const { t } = useTranslation('campaigns')
  if (row === null) return null
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={row.contactName || phoneText(row.address)}
      text={phoneText(row.address)}
      aside={<RecipientBadge status={row.status} />}
      footer={
        <Button asChild>
          <Link to="/contacts" search={{ contact: row.contactId }}>
            {t('log.openContact')}
          </Link>
        </Button>
      }
    >
      <RecipientDetails row={row} />
    </Sheet>
  )
}

function RecipientDetails({ row }: { row: LogRow }) {
  const { t } = useTranslation(['campaigns', 'campaign-results', 'ui'])
  const format = useFormat()
  const variantWords = useVariantWords()
  const times = [
    ['sent', row.acceptedAt],
    ['delivered', row.deliveredAt],
    ['read', row.readAt],
  ] as const
  const facts: Fact[] = [
    ...times.flatMap(([status, at]) =>
      at === null ? [] : [{ label: t(`ui:status.${status}`), value: <DateTime at={at} /> }],
    ),
    ...(row.clickedAt === null
      ? []
      : [{ label: t('campaign-results:clicked'), value: <DateTime at={row.clickedAt} /> }]),
    ...(row.variant === null
      ? []
      : [{ label: t('campaign-results:log.variant'), value: variantWords(row.variant) }]),
    ...(row.senderName ? [{ label: t('campaigns:log.columns.sender'), value: row.senderName }] : []),
    ...(row.routeReason ? [{ label: t('campaigns:log.route'), value: row.routeReason }] : []),
    { label: t('campaigns:log.attempts'), value: format.number(row.attempts) },
    { label: t('campaigns:log.place'), value: format.number(row.sequence) },
    { label: t('campaigns:log.columns.at'), value: <DateTime at={row.updatedAt} /> },
  ]
  return (
    <div className="flex flex-col gap-5">
      {row.reasonText && (
        <Notice tone={row.status === 'refused' ? 'danger' : 'warn'}>{row.reasonText}</Notice>
      )}
      <Facts facts={facts} />
    </div>
  )
}
