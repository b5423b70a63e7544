import { contactOperations } from '@siar/contract'
import type { Audience } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'

type Rule = Audience['include'][number]

/** Writes an audience in words: names of lists and tags, and how many single people. */
export function useAudienceText(): (rules: readonly Rule[]) => string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  const lists = useOperation(contactOperations.listLists, {}, { staleMs: 60_000 })
  const tags = useOperation(contactOperations.listTags, {}, { staleMs: 60_000 })
  const names = new Map(
    [...(lists.data?.data ?? []), ...(tags.data?.data ?? [])].map(({ id, name }) => [id, name]),
  )
  return (rules) => {
    if (rules.some(({ kind }) => kind === 'everyone')) return t('facts.everyone')
    const parts = rules.flatMap((rule) =>
      rule.kind === 'list' || rule.kind === 'tag' ? [names.get(rule.id) ?? '…'] : [],
    )
    const people = rules.filter(({ kind }) => kind === 'contact').length
    if (people > 0) parts.push(t('facts.people', { count: people }))
    return parts.length > 0 ? format.list(parts) : t('facts.nobody')
  }
}
