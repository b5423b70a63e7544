import { campaignOperations, contactOperations } from '@siar/contract'
import type { SegmentVocabulary } from '@siar/domain'
import { useMemo } from 'react'
import { useOperation } from '#app/query.ts'
import type { Option } from '#ui/select.tsx'
import type { CustomField } from './subjects.ts'

/** What the workspace has that a rule may name, as choices and by id. */
export type SegmentWords = {
  readonly loading: boolean
  readonly lists: readonly Option[]
  readonly tags: readonly Option[]
  readonly campaigns: readonly Option[]
  readonly customFields: readonly CustomField[]
  readonly vocabulary: SegmentVocabulary
  /** Null for what is gone, or not read yet. */
  readonly nameOf: (id: string) => string | null
}

const fresh = { staleMs: 60_000 }

export function useSegmentWords(): SegmentWords {
  const lists = useOperation(contactOperations.listLists, {}, fresh)
  const tags = useOperation(contactOperations.listTags, {}, fresh)
  const fields = useOperation(contactOperations.listCustomFields, {}, fresh)
  const campaigns = useOperation(campaignOperations.list, { query: { limit: 200 } }, fresh)
  return useMemo(() => {
    const options = (rows: readonly { id: string; name: string }[] | undefined) =>
      (rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
    const named = [lists, tags, campaigns].map((answer) => options(answer.data?.data))
    const [ofLists = [], ofTags = [], ofCampaigns = []] = named
    const customFields = fields.data?.data ?? []
    const names = new Map(named.flat().map(({ value, label }) => [value, label]))
    for (const { id, label } of customFields) names.set(id, label)
    const ids = (some: readonly Option[]) => new Set(some.map(({ value }) => value))
    return {
      loading: lists.isPending || tags.isPending || fields.isPending || campaigns.isPending,
      lists: ofLists,
      tags: ofTags,
      campaigns: ofCampaigns,
      customFields,
      vocabulary: {
        customFields: new Map(customFields.map((field) => [field.id, field])),
        listIds: ids(ofLists),
        tagIds: ids(ofTags),
        campaignIds: ids(ofCampaigns),
      },
      nameOf: (id) => names.get(id) ?? null,
    }
  }, [lists, tags, fields, campaigns])
}
