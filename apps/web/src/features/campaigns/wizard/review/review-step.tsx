import type { Campaign, Forecast, Template } from '@siar/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import type { StepId } from '../draft.ts'
import type { Known } from '../gaps.ts'
import { WizardFrame } from '../wizard-frame.tsx'
import { ForecastCost } from './forecast-cost.tsx'
import { ForecastGroups } from './forecast-groups.tsx'
import { ForecastNotices } from './forecast-notices.tsx'
import { ForecastPeople } from './forecast-people.tsx'
import { ForecastQuota } from './forecast-quota.tsx'
import { ForecastSenders } from './forecast-senders.tsx'
import { ForecastStarts } from './forecast-starts.tsx'
import { LaunchButton } from './launch-button.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { SampleMessages } from './sample-messages.tsx'
import { TestSend } from './test-send.tsx'

export type ReviewStepProps = {
  campaign: Campaign
  template: Template | null
  templates: Known['templates']
  forecast: UseQueryResult<Forecast, Error>
  canGo: (step: StepId) => boolean
  onGo: (step: StepId) => void
  onLeave: () => void
}

/** Everything that will happen, before it does: people, reasons, senders, times, messages, and a test to oneself. */
export function ReviewStep(props: ReviewStepProps) {
  const { campaign, template, forecast, canGo, onGo, onLeave } = props
  const { t } = useTranslation(['wizard', 'ui'])
  const settled = forecast.isPlaceholderData ? undefined : forecast.data
  return (
    <WizardFrame
      step="review"
      name={campaign.name}
      canGo={canGo}
      onGo={onGo}
      footer={
        <>
          <Button onClick={() => onGo('schedule')}>{t('ui:actions.back')}</Button>
          <Button tone="ghost" onClick={onLeave}>
            {t('leave')}
          </Button>
          <span className="flex-1" />
          <LaunchButton campaign={campaign} forecast={settled} hasFailed={forecast.isError} />
        </>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          {forecast.error ? (
            <Card>
              <ProblemState error={forecast.error} onRetry={() => void forecast.refetch()} />
            </Card>
          ) : settled ? (
            <ForecastCards {...props} forecast={settled} />
          ) : (
            <Counting />
          )}
          <ReviewFacts campaign={campaign} onGo={onGo} />
        </div>
        <aside className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-8">
          <SampleMessages samples={settled?.samples} template={template} campaign={campaign} />
          <TestSend campaignId={campaign.id} />
        </aside>
      </div>
    </WizardFrame>
  )
}

type ForecastCardsProps = Pick<ReviewStepProps, 'campaign' | 'templates' | 'onGo'> & { forecast: Forecast }

function ForecastCards({ campaign, templates, forecast, onGo }: ForecastCardsProps) {
  return (
    <>
      <ForecastNotices forecast={forecast} onGo={onGo} />
      <ForecastPeople forecast={forecast} />
      <ForecastStarts schedule={campaign.schedule} forecast={forecast} />
      <ForecastGroups campaign={campaign} templates={templates} forecast={forecast} />
      <ForecastCost budget={campaign.budget} forecast={forecast} />
      <ForecastQuota forecast={forecast} />
      <ForecastSenders forecast={forecast} />
    </>
  )
}

function Counting() {
  const { t } = useTranslation('wizard')
  return (
    <Card aria-busy>
      <p className="text-sm text-muted">{t('review.counting')}</p>
      <Skeleton className="mt-4 h-9 w-40" />
      <SkeletonText lines={4} className="mt-6" />
    </Card>
  )
}
