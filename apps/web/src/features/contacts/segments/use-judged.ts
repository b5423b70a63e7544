import { problemsOfSegment } from '@siar/domain'
import type { SegmentRule } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { problemsByKey, ruleOf } from './draft-rule.ts'
import type { DraftGroup } from './draft-rule.ts'
import type { SegmentWords } from './use-segment-words.ts'

const codes = [
  'segment_too_deep',
  'segment_too_large',
  'segment_group_empty',
  'segment_operator_unfit',
  'segment_value_missing',
  'segment_value_unfit',
  'segment_value_too_long',
  'segment_days_unfit',
  'segment_range_reversed',
  'segment_choice_unknown',
  'segment_choices_unfit',
  'segment_field_unknown',
  'segment_list_unknown',
  'segment_tag_unknown',
  'segment_campaign_unknown',
] as const

export type Judged = {
  readonly rule: SegmentRule
  /** What to say at a line, by its key. What was deleted is said at once, what is missing once somebody wants to save. */
  readonly problems: ReadonlyMap<string, string>
  readonly isFinished: boolean
}

/** The rule of the builder, judged as the server will judge it. */
export function useJudged(group: DraftGroup, words: SegmentWords, attempted: boolean): Judged {
  const { t } = useTranslation('segments')
  const built = ruleOf(group)
  const found = problemsOfSegment(built.rule, words.vocabulary)
  const shown = found.filter(({ code = '' }) => attempted || code.endsWith('_unknown'))
  const problems = new Map<string, string>()
  for (const [key, code] of problemsByKey(shown, built)) {
    const known = codes.find((one) => one === code)
    if (known) problems.set(key, t(`problems.${known}`))
  }
  return { rule: built.rule, problems, isFinished: found.length === 0 }
}
