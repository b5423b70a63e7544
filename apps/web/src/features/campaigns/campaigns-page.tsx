import { Link, useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { campaignStatuses } from '@siar/domain'
import type { CampaignStatus } from '@siar/domain'
import { Megaphone, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import { useTypedText, useUrlState } from '#ui/url-state.ts'
import { useCampaignColumns } from './campaign-columns.tsx'

const pageSize = 25

function isStatus(value: string): value is CampaignStatus {
  return campaignStatuses.some((status) => status === value)
}

export function CampaignsPage() {
  const { t } = useTranslation('campaigns')
  const pages = useCursorPages()
  const [url, setUrl] = useUrlState({ status: '', search: '' })
  const status = isStatus(url.status) ? url.status : undefined
  const campaigns = useOperation(
    campaignOperations.list,
    { query: { status, search: url.search, cursor: pages.cursor, limit: pageSize } },
    { keepPrevious: true },
  )
  const page = campaigns.data
  const rows = page?.data
  const filtered = status !== undefined || url.search !== ''
  const isNew = rows?.length === 0 && !filtered && !pages.cursor
  const filter = (patch: { status?: string; search?: string }) => {
    pages.reset()
    setUrl(patch)
  }
  return (
    <Page>
      <PageHeader title={t('list.title')} text={t('list.text')} action={!isNew && <NewCampaign />} />
      {!isNew && <Filters status={url.status} search={url.search} onChange={filter} />}
      {campaigns.error ? (
        <Card>
          <ProblemState error={campaigns.error} onRetry={() => void campaigns.refetch()} />
        </Card>
      ) : (
        <CampaignTable
          rows={rows}
          empty={
            filtered ? <NothingFound onClear={() => filter({ status: '', search: '' })} /> : <FirstCampaign />
          }
        />
      )}
      <CursorPager
        {...pages.pager(page && { count: page.data.length, nextCursor: page.nextCursor }, pageSize)}
      />
    </Page>
  )
}

type CampaignTableProps = { rows: Campaign[] | undefined; empty: ReactNode }

function CampaignTable({ rows, empty }: CampaignTableProps) {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const can = useCan()
  const columns = useCampaignColumns()
  const open = ({ id, status }: Campaign) =>
    void navigate({
      to:
        status === 'draft' && can('campaigns.write')
          ? '/campaigns/$campaignId/edit'
          : '/campaigns/$campaignId',
      params: { campaignId: id },
    })
  return (
    <Table
      label={t('list.title')}
      columns={columns}
      rows={rows}
      rowKey={(campaign) => campaign.id}
      rowName={(campaign) => campaign.name}
      onOpen={open}
      empty={empty}
      skeletonRows={6}
    />
  )
}

type FiltersProps = {
  status: string
  search: string
  onChange: (patch: { status?: string; search?: string }) => void
}

function Filters({ status, search, onChange }: FiltersProps) {
  const { t } = useTranslation(['campaigns', 'ui'])
  const [typed, setTyped] = useTypedText(search, (next) => onChange({ search: next }))
  return (
    <div className="flex flex-wrap gap-3">
      <SearchInput label={t('campaigns:list.search')} value={typed} onValueChange={setTyped} />
      <Select
        label={t('campaigns:list.status')}
        className="sm:w-48"
        value={status || 'all'}
        onValueChange={(next) => onChange({ status: next === 'all' ? '' : next })}
        options={[
          { value: 'all', label: t('campaigns:list.allStatuses') },
          ...campaignStatuses.map((value) => ({ value, label: t(`ui:campaign.${value}`) })),
        ]}
      />
    </div>
  )
}

function NewCampaign() {
  const { t } = useTranslation('campaigns')
  const can = useCan()
  if (!can('campaigns.write')) return null
  return (
    <Button tone="primary" asChild>
      <Link to="/campaigns/new">
        <Plus aria-hidden />
        {t('list.new')}
      </Link>
    </Button>
  )
}

function FirstCampaign() {
  const { t } = useTranslation('campaigns')
  return (
    <EmptyState
      icon={Megaphone}
      title={t('list.emptyTitle')}
      text={t('list.emptyText')}
      action={<NewCampaign />}
    />
  )
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('campaigns')
  return (
    <EmptyState
      icon={Megaphone}
      title={t('list.noneTitle')}
      text={t('list.noneText')}
      action={<Button onClick={onClear}>{t('list.clear')}</Button>}
    />
  )
}
