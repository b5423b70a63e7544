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
      cell: (campaign) => <State campaign={campaign} />,
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
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const { name, templateName, schedule, runs } = campaign
  const repeats =
    runs > 1 ? t('campaign-results:list.runs', { count: runs }) : t('campaign-results:list.repeats')
  return (
    <span className="block min-w-0 py-1.5">
      <span className="block truncate">{name}</span>
      <span className="block truncate text-xs font-normal text-subtle">
        {templateName ?? t('campaigns:list.noTemplate')}
        {(schedule.kind === 'recurring' || runs > 1) && ` · ${repeats}`}
      </span>
    </span>
  )
}

/** The badge, and a word when a campaign that runs cannot go on. */
function State({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaign-results')
  const { status, halt } = campaign
  return (
    <span className="inline-flex flex-col items-start gap-0.5 max-sm:items-end">
      <CampaignBadge status={status} />
      {halt !== null && status !== 'halted' && (
        <span className="px-1 text-xs text-danger-ink">{t('list.stands')}</span>
      )}
    </span>
  )
}

/** Scheduled ones say when they will start; the others how long ago they started or were made. */
function When({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaign-results')
  const { status, startAt, runs } = campaign
  if ((status === 'scheduled' || status === 'overdue') && startAt) {
    return (
      <span className="block">
        {status === 'scheduled' && runs > 0 && (
          <span className="block text-xs text-subtle">{t('list.next')}</span>
        )}
        <DateTime at={startAt} />
      </span>
    )
  }
  return (
    <span className="text-muted">
      <RelativeTime at={campaign.startedAt ?? campaign.createdAt} />
    </span>
  )
}
