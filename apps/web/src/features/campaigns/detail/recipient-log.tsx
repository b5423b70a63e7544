import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import type { RecipientStatus } from '@siar/domain'
import { SearchX, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Card } from '#ui/card.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import { useTypedText, useUrlState } from '#ui/url-state.ts'
import { useLogColumns } from './log-columns.tsx'
import { RecipientSheet } from './recipient-sheet.tsx'

const pageSize = 50
/** Those that last; `claimed` and `dispatching` pass in seconds. */
const filters = [
  'queued',
  'accepted',
  'delivered',
  'read',
  'replied',
  'refused',
  'unknown',
  'skipped',
  'cancelled',
] as const satisfies readonly RecipientStatus[]

function asFilter(value: string): (typeof filters)[number] | undefined {
  return filters.find((filter) => filter === value)
}

export type RecipientLogProps = {
  campaign: Campaign
  /** An older run; undefined for the newest. */
  runId: string | undefined
}

/** Every recipient of a run with its state and the reason for it. */
export function RecipientLog({ campaign, runId }: RecipientLogProps) {
  const { t } = useTranslation('campaigns')
  const pages = useCursorPages()
  const [url, setUrl] = useUrlState({ outcome: '', person: '' })
  const [openId, setOpenId] = useState<string | null>(null)
  const log = useOperation(
    campaignOperations.listRecipients,
    {
      params: { campaignId: campaign.id },
      query: {
        run: runId,
        status: asFilter(url.outcome),
        search: url.person,
        cursor: pages.cursor,
        limit: pageSize,
      },
    },
    { keepPrevious: true },
  )
  const columns = useLogColumns({
    hasVariants: (campaign.experiment?.variants.length ?? 0) > 0,
    tracksLinks: campaign.trackLinks,
  })
  const page = log.data
  const rows = page?.data
  const change = (patch: { outcome?: string; person?: string }) => {
    pages.reset()
    setUrl(patch)
  }
  const filtered = url.outcome !== '' || url.person !== ''
  return (
    <div className="flex flex-col gap-4">
      <LogFilters outcome={url.outcome} person={url.person} onChange={change} />
      {log.error ? (
        <Card>
          <ProblemState error={log.error} onRetry={() => void log.refetch()} />
        </Card>
      ) : (
        <Table
          label={t('detail.recipients')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowName={(row) => row.contactName}
          onOpen={(row) => setOpenId(row.id)}
          activeKey={openId}
          empty={
            <EmptyState
              icon={filtered ? SearchX : Users}
              title={t(filtered ? 'log.noneTitle' : 'log.emptyTitle')}
              text={t(filtered ? 'log.noneText' : 'log.emptyText')}
            />
          }
        />
      )}
      <CursorPager
        {...pages.pager(page && { count: page.data.length, nextCursor: page.nextCursor }, pageSize)}
      />
      <RecipientSheet row={rows?.find((row) => row.id === openId) ?? null} onClose={() => setOpenId(null)} />
    </div>
  )
}

type LogFiltersProps = {
  outcome: string
  person: string
  onChange: (patch: { outcome?: string; person?: string }) => void
}

function LogFilters({ outcome, person, onChange }: LogFiltersProps) {
  const { t } = useTranslation('campaigns')
  const [typed, setTyped] = useTypedText(person, (next) => onChange({ person: next }))
  return (
    <div className="flex flex-wrap gap-3">
      <SearchInput label={t('log.search')} value={typed} onValueChange={setTyped} />
      <Select
        label={t('log.filter')}
        className="sm:w-56"
        value={outcome || 'all'}
        onValueChange={(next) => onChange({ outcome: next === 'all' ? '' : next })}
        options={[
          { value: 'all', label: t('log.all') },
          ...filters.map((value) => ({ value, label: t(`log.outcome.${value}`) })),
        ]}
      />
    </div>
  )
}
