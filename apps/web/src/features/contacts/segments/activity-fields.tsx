import type { SegmentCondition } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#ui/combobox.tsx'
import { Select } from '#ui/select.tsx'
import { DaysInput } from './days-input.tsx'
import type { SegmentWords } from './use-segment-words.ts'

type Activity = Extract<SegmentCondition, { kind: 'activity' }>
export type ActivityFieldsProps = {
  condition: Activity
  onChange: (condition: Activity) => void
  words: SegmentWords
}

/** When it happened, or did not, and in which campaign. */
export function ActivityFields({ condition, onChange, words }: ActivityFieldsProps) {
  const { t } = useTranslation('segments')
  const { withinDays, campaignId } = condition
  return (
    <>
      <Select
        label={t('line.period')}
        value={withinDays === null ? 'ever' : 'days'}
        onValueChange={(next) => onChange({ ...condition, withinDays: next === 'ever' ? null : 30 })}
        options={[
          { value: 'days', label: t('line.withinLast') },
          { value: 'ever', label: t('line.ever') },
        ]}
        className="sm:w-48"
      />
      {withinDays !== null && (
        <DaysInput
          value={withinDays === 0 ? undefined : withinDays}
          onChange={(days) => onChange({ ...condition, withinDays: days ?? 0 })}
        />
      )}
      <Combobox
        label={t('line.campaign')}
        placeholder={t('line.anyCampaign')}
        value={campaignId}
        onValueChange={(next) => onChange({ ...condition, campaignId: next })}
        options={words.campaigns}
        loading={words.loading}
        className="sm:w-52"
      />
    </>
  )
}
