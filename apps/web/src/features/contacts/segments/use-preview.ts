import { segmentOperations } from '@siar/contract'
import type { SegmentRule } from '@siar/domain'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '#app/api.ts'
import { useCurrentWorkspaceId } from '#app/workspace-choice.ts'

const pauseMs = 400
const sampleSize = 5

/** Counts whom a rule finds, a moment after it stopped changing. @param rule Null while it is not finished. */
export function usePreview(rule: SegmentRule | null) {
  const workspaceId = useCurrentWorkspaceId()
  const settled = useSettled(rule === null ? null : JSON.stringify(rule))
  const preview = useQuery({
    queryKey: [segmentOperations.preview.id, workspaceId, settled],
    queryFn: ({ signal }) =>
      call(segmentOperations.preview, {
        body: { rule: JSON.parse(settled ?? '{}') as SegmentRule, sample: sampleSize },
        signal,
      }),
    enabled: rule !== null && settled !== null,
    placeholderData: keepPreviousData,
  })
  const isBehind = rule !== null && settled !== JSON.stringify(rule)
  return { ...preview, isCounting: preview.isFetching || isBehind }
}

export type Preview = ReturnType<typeof usePreview>

function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
