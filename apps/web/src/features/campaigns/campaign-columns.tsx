import type { Campaign } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { StatusBar } from '#ui/progress-bar.tsx'
import { CampaignBadge } from '#ui/state-badge.tsx'
import type { Column } from '#ui/table.tsx'
import { DateTime, RelativeTime } from '#ui/time.tsx'
import { exclusiveCounts, ratioOf } from './exclusive-counts.ts'

/** The columns of the list of campaigns. */
export function useCampaignColumns(): Column<Campaign>[] {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const percent = (part: number, whole: number) => {
    const ratio = ratioOf(part, whole)
    return ratio === null ? <Dash /> : format.percent(ratio, 0)
  }
  return [
    {
      id: 'name',
      header: t('list.columns.name'),
      primary: true,
      cell: (campaign) => <Name campaign={campaign} />,
    },
    {
      id: 'status',
      header: t('list.columns.status'),
      width: '9.5rem',
      cell: ({ status }) => <CampaignBadge status={status} />,
    },
    {
      id: 'progress',
      header: t('list.columns.progress'),
      width: '22%',
      from: 'md',
      cell: ({ figures, name }) =>
        figures.total === 0 ? (
          <Dash />
        ) : (
          <span className="block min-w-24 max-md:w-40">
            <StatusBar counts={exclusiveCounts(figures)} legend={false} size="sm" label={name} />
          </span>
        ),
    },
    {
      id: 'people',
      header: t('list.columns.people'),
      numeric: true,
      cell: ({ figures }) => (figures.total === 0 ? <Dash /> : format.number(figures.total)),
    },
    {
      id: 'read',
      header: t('list.columns.read'),
      numeric: true,
      from: 'lg',
      cell: ({ figures }) => percent(figures.read, figures.delivered),
    },
    {
      id: 'when',
      header: t('list.columns.when'),
      width: '10.5rem',
      from: 'md',
      cell: (campaign) => <When campaign={campaign} />,
    },
  ]
}

function Dash() {
  return <span className="text-subtle">–</span>
}

function Name({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  return (
    <span className="block min-w-0 py-1.5">
      <span className="block truncate">{campaign.name}</span>
      <span className="block truncate text-xs font-normal text-subtle">
        {campaign.templateName ?? t('list.noTemplate')}
      </span>
    </span>
  )
}

/** Scheduled ones say when they will start; the others how long ago they started or were made. */
function When({ campaign }: { campaign: Campaign }) {
  const upcoming = campaign.status === 'scheduled' || campaign.status === 'overdue'
  if (upcoming && campaign.startAt) return <DateTime at={campaign.startAt} />
  return (
    <span className="text-muted">
      <RelativeTime at={campaign.startedAt ?? campaign.createdAt} />
    </span>
  )
}
