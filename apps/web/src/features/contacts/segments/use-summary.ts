import type { SegmentRule } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { summaryOf } from './summary.ts'
import type { SegmentWords } from './use-segment-words.ts'

/** Says a rule in the language of the reader. */
export function useSummary(words: SegmentWords): (rule: SegmentRule) => string {
  const { t } = useTranslation('segments')
  const format = useFormat()
  return (rule) => summaryOf(rule, { t, format, words })
}
