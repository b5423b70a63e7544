import type { Campaign } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { useAudienceText } from '../../audience-text.ts'
import { useScheduleText } from '../../schedule-text.ts'
import type { StepId } from '../draft.ts'

export type ReviewFactsProps = { campaign: Campaign; onGo: (step: StepId) => void }

/** What was chosen in the earlier steps, each with a way back to it. */
export function ReviewFacts({ campaign, onGo }: ReviewFactsProps) {
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
        <Extras campaign={campaign} onGo={onGo} />
      </dl>
    </Card>
  )
}

/** What only some campaigns have. */
function Extras({ campaign, onGo }: ReviewFactsProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const { experiment, trackLinks, budget } = campaign
  const compared = experiment?.variants.length ?? 0
  const goal = experiment && t(`compare.goals.${experiment.goal}`).toLocaleLowerCase()
  const held = experiment && format.percent(experiment.holdoutPercent / 100, 0)
  return (
    <>
      {experiment && (
        <Choice label={t('review.comparison')} onChange={() => onGo('schedule')}>
          {[
            compared > 0 && t('review.compares', { count: compared, goal }),
            experiment.holdoutPercent > 0 && t('review.holdsOut', { share: held }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Choice>
      )}
      {trackLinks && (
        <Choice label={t('review.links')} onChange={() => onGo('template')}>
          {t('review.linksCounted')}
        </Choice>
      )}
      {budget && (
        <Choice label={t('review.budget')} onChange={() => onGo('schedule')}>
          {format.money(budget.amountMinor, budget.currency)}
        </Choice>
      )}
    </>
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
