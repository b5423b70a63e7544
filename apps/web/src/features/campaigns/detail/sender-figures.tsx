import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { ratioOf } from '../exclusive-counts.ts'
import type { Report } from './use-report.ts'

type SenderRow = Report['senders'][number]

/** What each number sent for this campaign and what came of it. */
export function SenderFigures({ senders }: { senders: Report['senders'] | undefined }) {
  const { t } = useTranslation(['campaigns', 'ui'])
  const format = useFormat()
  const withShare = (count: number, of: number) => {
    const share = ratioOf(count, of)
    return (
      <span>
        {format.number(count)}
        {share !== null && <span className="ml-1.5 text-xs text-subtle">{format.percent(share, 0)}</span>}
      </span>
    )
  }
  const columns: Column<SenderRow>[] = [
    { id: 'name', header: t('campaigns:senders.name'), primary: true, cell: ({ name }) => name },
    {
      id: 'sent',
      header: t('ui:status.sent'),
      numeric: true,
      cell: ({ sent }) => format.number(sent),
    },
    {
      id: 'delivered',
      header: t('ui:status.delivered'),
      numeric: true,
      cell: ({ delivered, sent }) => withShare(delivered, sent),
    },
    {
      id: 'read',
      header: t('ui:status.read'),
      numeric: true,
      cell: ({ read, delivered }) => withShare(read, delivered),
    },
    {
      id: 'failed',
      header: t('ui:status.failed'),
      numeric: true,
      cell: ({ failed }) => format.number(failed),
    },
  ]
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="text-sm font-semibold">{t('campaigns:senders.title')}</h2>
      {senders?.length === 0 ? (
        <Card>
          <p className="text-sm text-muted">{t('campaigns:senders.none')}</p>
        </Card>
      ) : (
        <Table
          label={t('campaigns:senders.title')}
          columns={columns}
          rows={senders}
          rowKey={({ senderId }) => senderId}
          skeletonRows={2}
        />
      )}
    </section>
  )
}
