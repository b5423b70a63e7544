import { RETENTION_DAYS_MIN } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { NumberRulesCard } from './number-rules-card.tsx'
import type { RulesCardProps } from './rules-action.ts'

/** Source: the contract, WorkspaceSettings.retention. */
const daysMax = 3650

const kinds = ['messages', 'imports', 'records'] as const

/** After how many days what is no longer needed is removed; 0 keeps it. */
export function RetentionCard(props: RulesCardProps) {
  const { t } = useTranslation('settings')
  return (
    <NumberRulesCard
      {...props}
      title={t('retention.title')}
      text={t('retention.text')}
      rules={kinds.map((name) => ({
        name,
        min: RETENTION_DAYS_MIN[name],
        max: daysMax,
        label: t(`retention.${name}`),
        hint: t('retention.hint', { count: RETENTION_DAYS_MIN[name] }),
        says: (count) => (count === 0 ? t(`retention.${name}Kept`) : t(`retention.${name}Says`, { count })),
      }))}
      read={({ settings }) => settings.retention}
      write={(retention) => ({ retention })}
    />
  )
}
