import { useTranslation } from 'react-i18next'
import type { Option } from '#ui/select.tsx'
import { useSourceText } from '../source-text.ts'
import type { Comparison } from './subjects.ts'
import type { SegmentWords } from './use-segment-words.ts'

const sources = ['import', 'manual', 'api', 'inbox', 'demo'] as const

/** What a field with choices may be: of one's own field what was set up, else what Siar itself writes. */
export function useChoices(condition: Comparison, words: SegmentWords): Option[] {
  const { t } = useTranslation('segments')
  const sourceText = useSourceText()
  if (condition.kind === 'custom') {
    const field = words.customFields.find(({ id }) => id === condition.fieldId)
    return (field?.choices ?? []).map((choice) => ({ value: choice, label: choice }))
  }
  if (condition.field === 'language')
    return (['id', 'en'] as const).map((value) => ({ value, label: t(`languages.${value}`) }))
  if (condition.field === 'source') return sources.map((value) => ({ value, label: sourceText(value) }))
  if (condition.field === 'timeZone') return zones()
  return []
}

function zones(): Option[] {
  const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
  const all = [...home, ...Intl.supportedValuesOf('timeZone').filter((zone) => !home.includes(zone))]
  return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
