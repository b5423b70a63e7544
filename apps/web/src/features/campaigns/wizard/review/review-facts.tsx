import type { Campaign } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { useAudienceText } from '../../audience-text.ts'
import { useScheduleText } from '../../schedule-text.ts'
import type { StepId } from '../draft.ts'

/** What was chosen in the earlier steps, each with a way back to it. */
export function ReviewFacts({ campaign, onGo }: { campaign: Campaign; onGo: (step: StepId) => void }) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  const audience = useAudienceText()
  const schedule = useScheduleText()
  const { exclude, include } = campaign.audience
  return (
    <Card title={t('wizard:review.choices')}>
      <dl className="divide-y divide-line">
        <Choice label={t('facts.template')} onChange={() => onGo('template')}>
          {campaign.templateName ?? t('list.noTemplate')}
        </Choice>
        <Choice label={t('facts.audience')} onChange={() => onGo('recipients')}>
          {audience(include)}
          {exclude.length > 0 && ` · ${t('facts.without', { who: audience(exclude) })}`}
        </Choice>
        <Choice label={t('facts.purpose')} onChange={() => onGo('recipients')}>
          {t(`purpose.${campaign.purpose}`)}
        </Choice>
        <Choice label={t('facts.start')} onChange={() => onGo('schedule')}>
          {schedule(campaign.schedule)}
        </Choice>
      </dl>
    </Card>
  )
}

function Choice({ label, children, onChange }: { label: string; children: ReactNode; onChange: () => void }) {
  const { t } = useTranslation(['campaigns', 'wizard'])
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <dt className="w-28 text-muted max-sm:basis-full">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-baseline justify-between gap-4">
        <span className="min-w-0 font-medium break-words">{children}</span>
        <Button
          tone="link"
          size="sm"
          onClick={onChange}
          aria-label={t('wizard:review.changeOf', { name: label })}
        >
          {t('wizard:review.change')}
        </Button>
      </dd>
    </div>
  )
}
