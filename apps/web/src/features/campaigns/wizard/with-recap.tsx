import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { Facts } from '#ui/facts.tsx'
import { useAudienceText } from '../audience-text.ts'
import { useScheduleText } from '../schedule-text.ts'
import type { StepProps } from './step-props.ts'

/** A step's fields with what has been chosen so far beside them (where there is room). */
export function WithRecap({ draft, template, children }: StepProps & { children: ReactNode }) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const audience = useAudienceText()
  const schedule = useScheduleText()
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <div className="flex min-w-0 flex-col gap-5">{children}</div>
      <aside className="max-lg:hidden lg:sticky lg:top-8">
        <Card title={t('wizard:recap')}>
          <Facts
            facts={[
              { label: t('facts.template'), value: template?.name ?? t('list.noTemplate') },
              { label: t('facts.purpose'), value: t(`purpose.${draft.purpose}`) },
              { label: t('facts.audience'), value: audience(draft.audience.include) },
              ...(draft.audience.exclude.length > 0
                ? [{ label: t('facts.except'), value: audience(draft.audience.exclude) }]
                : []),
              { label: t('facts.start'), value: schedule(draft.schedule) },
            ]}
          />
        </Card>
      </aside>
    </div>
  )
}
