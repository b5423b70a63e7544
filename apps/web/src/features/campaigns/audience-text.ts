import { contactOperations, segmentOperations } from '@siar/contract'
import type { Audience } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'

type Rule = Audience['include'][number]

/** Writes an audience in words: names of lists, tags and segments, and how many single people. */
export function useAudienceText(): (rules: readonly Rule[]) => string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const lists = useOperation(contactOperations.listLists, {}, { staleMs: 60_000 })
  const tags = useOperation(contactOperations.listTags, {}, { staleMs: 60_000 })
  const segments = useOperation(segmentOperations.list, {}, { staleMs: 60_000 })
  const named = [lists, tags, segments].flatMap(
    (answer): readonly { id: string; name: string }[] => answer.data?.data ?? [],
  )
  const names = new Map(named.map(({ id, name }) => [id, name]))
  return (rules) => {
    if (rules.some(({ kind }) => kind === 'everyone')) return t('facts.everyone')
    const parts = rules.flatMap((rule) =>
      rule.kind !== 'everyone' && rule.kind !== 'contact' ? [names.get(rule.id) ?? '…'] : [],
    )
    const people = rules.filter(({ kind }) => kind === 'contact').length
    if (people > 0) parts.push(t('facts.people', { count: people }))
    return parts.length > 0 ? format.list(parts) : t('facts.nobody')
  }
}
