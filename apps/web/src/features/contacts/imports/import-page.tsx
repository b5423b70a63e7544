import type { Import } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { ImportFrame } from './import-frame.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportStatusBadge } from './import-status-badge.tsx'
import { ImportWizard } from './import-wizard.tsx'

const pollMs = 1500

/** One import wherever it stands: being prepared, running, or done. */
export function ImportPage() {
  const { importId }: { importId?: string } = useParams({ strict: false })
  const current = useOperation(
    importOperations.get,
    { params: { importId: importId ?? '' } },
    { refetchMs: (data) => (data?.status === 'running' ? pollMs : false) },
  )
  if (current.error && !current.data) {
    return <ProblemState error={current.error} onRetry={() => void current.refetch()} size="page" />
  }
  if (!current.data) return <SkeletonPage />
  return <ImportStage data={current.data} />
}

function ImportStage({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  if (data.status === 'uploaded') return <ImportWizard key={data.id} data={data} />
  return (
    <ImportFrame
      step="run"
      aside={
        <>
          <ImportStatusBadge status={data.status} />
          <span className="max-w-full truncate text-muted">
            {data.format === 'paste' ? t('source.pasted') : data.fileName}
          </span>
        </>
      }
    >
      {data.status === 'running' ? <ImportProgress data={data} /> : <ImportResult data={data} />}
    </ImportFrame>
  )
}
