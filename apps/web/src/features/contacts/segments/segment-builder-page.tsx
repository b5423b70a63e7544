import type { Segment } from '@siar/contract'
import { segmentOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePathParam } from '#app/path-param.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { SegmentBuilder } from './segment-builder.tsx'
import { useSegmentWords } from './use-segment-words.ts'

export function NewSegmentPage() {
  return <Builder segment={null} />
}

/** The rule of a saved segment. */
export function SegmentPage() {
  const segmentId = usePathParam('segmentId')
  const segment = useOperation(segmentOperations.get, { params: { segmentId } })
  if (segment.error && !segment.data) {
    return <ProblemState error={segment.error} onRetry={() => void segment.refetch()} size="page" />
  }
  if (!segment.data) return <SkeletonPage />
  return <Builder segment={segment.data} />
}

function Builder({ segment }: { segment: Segment | null }) {
  const { t } = useTranslation('segments')
  const words = useSegmentWords()
  if (words.loading) return <SkeletonPage />
  return (
    <Page>
      <PageHeader
        title={segment ? t('editTitle') : t('newTitle')}
        text={t('builderText')}
        back={
          <Link to="/contacts/segments" className="inline-flex items-center gap-1.5 hover:text-ink">
            <ArrowLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
      />
      <SegmentBuilder key={segment?.id ?? 'new'} segment={segment} words={words} />
    </Page>
  )
}
