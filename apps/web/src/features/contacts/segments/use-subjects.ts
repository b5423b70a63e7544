import { segmentActivities, segmentFieldNames } from '@siar/domain'
import type { SegmentCondition } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import type { Option } from '#ui/select.tsx'
import { plainSubjects, subjectOf } from './subjects.ts'
import type { SegmentWords } from './use-segment-words.ts'

/** Everything a line may ask about; a field that was deleted stays in the line that names it. */
export function useSubjects(words: SegmentWords, current: SegmentCondition): Option[] {
  const { t } = useTranslation('segments')
  const options: Option[] = [
    ...plainSubjects.map((value) => ({ value, label: t(`subjects.${value}`) })),
    ...segmentActivities.map((activity) => ({
      value: `activity:${activity}`,
      label: t(`subjects.activity.${activity}`),
      hint: t('subjects.hint.activity'),
    })),
    ...segmentFieldNames.map((field) => ({ value: `field:${field}`, label: t(`fields.${field}`) })),
    ...words.customFields.map(({ id, label }) => ({
      value: `custom:${id}`,
      label,
      hint: t('subjects.hint.custom'),
    })),
  ]
  const chosen = subjectOf(current)
  const isThere = words.loading || options.some(({ value }) => value === chosen)
  return isThere ? options : [...options, { value: chosen, label: t('line.gone') }]
}
