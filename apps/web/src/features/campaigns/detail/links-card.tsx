import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import type { Report } from './use-report.ts'

type LinkRow = Report['links'][number]

/** Which links were followed, how often, and by how many people. */
export function LinksCard({ links }: { links: Report['links'] }) {
  const { t } = useTranslation('campaign-results')
  const format = useFormat()
  const columns: Column<LinkRow>[] = [
    {
      id: 'url',
      header: t('links.url'),
      primary: true,
      cell: ({ url }) => <span className="font-normal break-all">{url}</span>,
    },
    {
      id: 'people',
      header: t('links.people'),
      numeric: true,
      width: '7rem',
      cell: ({ people }) => format.number(people),
    },
    {
      id: 'clicks',
      header: t('links.clicks'),
      numeric: true,
      width: '7rem',
      cell: ({ clicks }) => format.number(clicks),
    },
  ]
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h2 className="text-sm font-semibold">{t('links.title')}</h2>
      {links.length === 0 ? (
        <Card>
          <p className="text-sm text-muted">{t('links.none')}</p>
        </Card>
      ) : (
        <Table
          label={t('links.title')}
          columns={columns}
          rows={[...links].sort((left, right) => right.people - left.people)}
          rowKey={({ url }) => url}
        />
      )}
    </section>
  )
}
