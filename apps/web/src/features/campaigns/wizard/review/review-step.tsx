import type { Campaign, Forecast, Template } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import type { StepId } from '../draft.ts'
import { ForecastNotices } from './forecast-notices.tsx'
import { ForecastPeople } from './forecast-people.tsx'
import { ForecastSenders } from './forecast-senders.tsx'
import { LaunchButton } from './launch-button.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { SampleMessages } from './sample-messages.tsx'
import { TestSend } from './test-send.tsx'
import { useForecast } from './use-forecast.ts'
import { WizardFrame } from '../wizard-frame.tsx'

export type ReviewStepProps = {
  campaign: Campaign
  template: Template | null
  canGo: (step: StepId) => boolean
  onGo: (step: StepId) => void
  onLeave: () => void
}

/** Everything that will happen, before it does: people, reasons, senders, times, messages, and a test to oneself. */
export function ReviewStep({ campaign, template, canGo, onGo, onLeave }: ReviewStepProps) {
  const { t } = useTranslation(['wizard', 'ui'])
  const forecast = useForecast(campaign.id)
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
          <LaunchButton campaign={campaign} forecast={forecast.data} />
        </>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-5">
          {forecast.error ? (
            <Card>
              <ProblemState error={forecast.error} onRetry={() => void forecast.refetch()} />
            </Card>
          ) : forecast.data ? (
            <ForecastCards forecast={forecast.data} onGo={onGo} />
          ) : (
            <Counting />
          )}
          <ReviewFacts campaign={campaign} onGo={onGo} />
        </div>
        <aside className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-8">
          <SampleMessages samples={forecast.data?.samples} template={template} campaign={campaign} />
          <TestSend campaignId={campaign.id} />
        </aside>
      </div>
    </WizardFrame>
  )
}

function ForecastCards({ forecast, onGo }: { forecast: Forecast; onGo: (step: StepId) => void }) {
  return (
    <>
      <ForecastNotices forecast={forecast} onGo={onGo} />
      <ForecastPeople forecast={forecast} />
      <ForecastSenders forecast={forecast} />
    </>
  )
}

function Counting() {
  const { t } = useTranslation(['wizard', 'ui'])
  return (
    <Card aria-busy>
      <p className="text-sm text-muted">{t('review.counting')}</p>
      <Skeleton className="mt-4 h-9 w-40" />
      <SkeletonText lines={4} className="mt-6" />
    </Card>
  )
}
