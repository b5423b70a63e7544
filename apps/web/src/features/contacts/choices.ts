import { contactOperations, segmentOperations } from '@siar/contract'
import { useOperation } from '#app/query.ts'
import type { Option } from '#ui/select.tsx'

type Choices = { options: Option[]; loading: boolean }

/** The workspace's lists as choices of a Select or Combobox. */
export function useListChoices(): Choices {
  const lists = useOperation(contactOperations.listLists, {}, { staleMs: 60_000 })
  return {
    options: (lists.data?.data ?? []).map((list) => ({ value: list.id, label: list.name })),
    loading: lists.isPending,
  }
}

/** The workspace's segments as choices of a Select or Combobox. */
export function useSegmentChoices(): Choices {
  const segments = useOperation(segmentOperations.list, {}, { staleMs: 60_000 })
  return {
    options: (segments.data?.data ?? []).map((segment) => ({ value: segment.id, label: segment.name })),
    loading: segments.isPending,
  }
}

/** The workspace's tags as choices of a Select or Combobox. */
export function useTagChoices(): Choices {
  const tags = useOperation(contactOperations.listTags, {}, { staleMs: 60_000 })
  return {
    options: (tags.data?.data ?? []).map((tag) => ({ value: tag.id, label: tag.name })),
    loading: tags.isPending,
  }
}
