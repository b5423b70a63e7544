import { workspaceOperations } from '@siar/contract'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { toastProblem } from '#app/problem-toast.ts'
import { useOperation } from '#app/query.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { Button } from '#ui/button.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { AuditFilters } from './audit-filters.tsx'
import type { AuditFilter } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { dayStart } from './day-bounds.ts'

const pageRows = 50
const noFilter: AuditFilter = { action: '', actor: '', from: '', to: '' }

/** Who did what in this workspace, newest first, with filters in the address and an export of what they show. */
export function AuditPage() {
  const { t } = useTranslation('settings')
  const [filter, setFilter] = useUrlState(noFilter)
  const pages = useCursorPages()
  const query = useAuditQuery(filter)
  const log = useOperation(
    workspaceOperations.listAudit,
    { query: { ...query, cursor: pages.cursor, limit: pageRows } },
    { keepPrevious: true },
  )
  const change = (patch: Partial<AuditFilter>) => {
    setFilter(patch)
    pages.reset()
  }
  const page = log.data && { count: log.data.data.length, nextCursor: log.data.nextCursor }
  const filtered = Object.values(filter).some((value) => value !== '')
  return (
    <Page>
      <PageHeader
        title={t('audit.title')}
        text={t('audit.text')}
        secondary={<ExportButton query={query} />}
      />
      <AuditFilters filter={filter} onChange={change} />
      {log.error ? (
        <ProblemState error={log.error} onRetry={() => void log.refetch()} />
      ) : (
        <>
          <AuditTable rows={log.data?.data} filtered={filtered} onClear={() => change(noFilter)} />
          <CursorPager {...pages.pager(page, pageRows)} />
        </>
      )}
    </Page>
  )
}

type AuditQuery = { action?: string; actor?: string; from?: string; to?: string }

/** Days are the person's own: from the start of the first to the end of the last. */
function useAuditQuery({ action, actor, from, to }: AuditFilter): AuditQuery {
  const { timeZone } = usePreferences()
  const first = dayStart(from, timeZone)
  const last = dayStart(to, timeZone, 1)
  return {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(first ? { from: first } : {}),
    ...(last ? { to: last } : {}),
  }
}

function ExportButton({ query }: { query: AuditQuery }) {
  const { t } = useTranslation('settings')
  const [busy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    download(workspaceOperations.exportAudit, { query }, `${t('audit.fileName')}.csv`)
      .catch(toastProblem)
      .finally(() => setBusy(false))
  }
  return (
    <Button icon={<Download aria-hidden />} busy={busy} onClick={save}>
      {t('audit.export')}
    </Button>
  )
}
