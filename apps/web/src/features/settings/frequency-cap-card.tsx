import { useTranslation } from 'react-i18next'
import { NumberRulesCard } from './number-rules-card.tsx'
import type { RulesCardProps } from './rules-action.ts'

/** Highest value of each cap. Source: the contract, WorkspaceSettings.frequencyCap. */
const caps = [
  { name: 'perDay', max: 100 },
  { name: 'perWeek', max: 500 },
  { name: 'afterUnanswered', max: 100 },
] as const

/** How often one person may hear from this workspace over all campaigns; 0 switches a cap off. */
export function FrequencyCapCard(props: RulesCardProps) {
  const { t } = useTranslation('settings')
  return (
    <NumberRulesCard
      {...props}
      title={t('rules.cap.title')}
      text={t('rules.cap.text')}
      rules={caps.map(({ name, max }) => ({
        name,
        max,
        label: t(`rules.cap.${name}`),
        hint: t(`rules.cap.${name}Hint`),
        says: (count) => (count === 0 ? t(`rules.cap.${name}Off`) : t(`rules.cap.${name}Says`, { count })),
      }))}
      read={({ settings }) => settings.frequencyCap}
      write={(frequencyCap) => ({ frequencyCap })}
    />
  )
}
