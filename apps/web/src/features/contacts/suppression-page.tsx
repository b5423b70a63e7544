import { SUPPRESSION_REASONS, contactOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { BellOff, FileUp, SearchX, ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { DateTime } from '#ui/time.tsx'
import { useTypedText, useUrlState } from '#ui/url-state.ts'
import { phoneText } from './phone-text.ts'
import { AllowAgainDialog, SuppressDialog } from './suppression-dialogs.tsx'
import { ExportSuppressions, ImportSuppressionsDialog } from './suppression-files.tsx'
import type { SuppressionRow } from './suppression-row.ts'

const pageSize = 50

/** Numbers that never get a message, whatever the campaign. */
export function SuppressionPage() {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [view, setView] = useUrlState({ search: '', reason: '', cursor: '', page: '1' })
  const pages = useCursorPages()
  const [adding, setAdding] = useState(false)
  const [importing, setImporting] = useState(false)
  const [allowing, setAllowing] = useState<SuppressionRow | null>(null)
  const reason = SUPPRESSION_REASONS.find((name) => name === view.reason)
  const change = (patch: { search?: string; reason?: string }) => setView({ ...patch, cursor: '', page: '1' })
  const [text, setText] = useTypedText(view.search, (search) => change({ search }))
  const query = {
    limit: pageSize,
    cursor: pages.cursor,
    ...(view.search ? { search: view.search } : {}),
    ...(reason ? { reason } : {}),
  }
  const list = useOperation(contactOperations.listSuppressions, { query }, { keepPrevious: true })
  const columns = useColumns(can('contacts.write') ? setAllowing : null)
  const rows = list.data?.data
  const isFiltered = Boolean(view.search || reason)
  return (
    <Page>
      <PageHeader
        title={t('suppression.title')}
        text={t('suppression.text')}
        action={<Actions onAdd={() => setAdding(true)} onImport={() => setImporting(true)} />}
      />
      {list.error && !rows ? (
        <ProblemState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <div className="flex min-w-0 flex-col gap-4">
          <div className="flex flex-wrap items-center gap-2">
            <SearchInput value={text} onValueChange={setText} label={t('suppression.search')} />
            <Select
              label={t('suppression.reason')}
              value={reason ?? 'any'}
              onValueChange={(next) => change({ reason: next === 'any' ? '' : next })}
              options={[
                { value: 'any', label: t('suppression.anyReason') },
                ...SUPPRESSION_REASONS.map((value) => ({ value, label: t(`suppressed.${value}`) })),
              ]}
              className="w-48 max-sm:flex-1"
            />
            <span className="ml-auto text-xs text-subtle tabular-nums" aria-live="polite">
              {list.data && t('suppression.total', { count: list.data.total })}
            </span>
          </div>
          <Table
            label={t('suppression.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={
              isFiltered ? (
                <EmptyState
                  icon={SearchX}
                  title={t('suppression.noMatchTitle')}
                  text={t('noMatch.text')}
                  action={
                    <Button onClick={() => change({ search: '', reason: '' })}>{t('filters.clear')}</Button>
                  }
                />
              ) : (
                <EmptyState
                  size="page"
                  icon={BellOff}
                  title={t('suppression.emptyTitle')}
                  text={t('suppression.emptyText')}
                />
              )
            }
          />
          <CursorPager
            {...pages.pager(
              rows && { count: rows.length, nextCursor: list.data?.nextCursor ?? null },
              pageSize,
            )}
            total={list.data?.total}
          />
        </div>
      )}
      {adding && <SuppressDialog onClose={() => setAdding(false)} />}
      {importing && <ImportSuppressionsDialog onClose={() => setImporting(false)} />}
      {allowing && <AllowAgainDialog row={allowing} onClose={() => setAllowing(null)} />}
    </Page>
  )
}

function Actions({ onAdd, onImport }: { onAdd: () => void; onImport: () => void }) {
  const { t } = useTranslation('contacts')
  const can = useCan()
  return (
    <>
      {can('data.export') && <ExportSuppressions />}
      {can('contacts.write') && (
        <Button icon={<FileUp aria-hidden />} onClick={onImport}>
          {t('suppression.import')}
        </Button>
      )}
      {can('inbox.answer') && (
        <Button tone="primary" icon={<ShieldPlus aria-hidden />} onClick={onAdd}>
          {t('suppression.add')}
        </Button>
      )}
    </>
  )
}

function useColumns(onAllow: ((row: SuppressionRow) => void) | null): Column<SuppressionRow>[] {
  const { t } = useTranslation('contacts')
  const columns: Column<SuppressionRow>[] = [
    {
      id: 'value',
      header: t('suppression.address'),
      primary: true,
      cell: (row) =>
        row.contactId ? (
          <Link
            to="/contacts"
            search={{ contact: row.contactId }}
            className="font-medium whitespace-nowrap tabular-nums hover:underline"
          >
            {phoneText(row.value)}
          </Link>
        ) : (
          <span className="whitespace-nowrap tabular-nums">{phoneText(row.value)}</span>
        ),
    },
    {
      id: 'reason',
      header: t('suppression.reason'),
      cell: (row) => (
        <Badge tone={row.reason === 'spam_report' ? 'danger' : 'neutral'}>
          {t(`suppressed.${row.reason}`)}
        </Badge>
      ),
    },
    {
      id: 'note',
      header: t('suppression.note'),
      from: 'md',
      cell: (row) => <span className="text-muted">{row.note || '–'}</span>,
    },
    {
      id: 'created',
      header: t('suppression.since'),
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <DateTime at={row.createdAt} show="date" />
        </span>
      ),
    },
  ]
  if (!onAllow) return columns
  return [
    ...columns,
    {
      id: 'actions',
      header: t('actions'),
      bare: true,
      width: '9rem',
      cell: (row) => (
        <Button size="sm" tone="ghost" onClick={() => onAllow(row)}>
          {t('suppression.allow')}
        </Button>
      ),
    },
  ]
}
