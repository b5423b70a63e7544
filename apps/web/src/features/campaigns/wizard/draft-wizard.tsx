import { useNavigate } from '@tanstack/react-router'
import type { Campaign } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUrlState } from '#ui/url-state.ts'
import { isStep, stepIds } from './draft.ts'
import type { StepId } from './draft.ts'
import { gapsOf } from './gaps.ts'
import { TemplateStep } from './message/template-step.tsx'
import { RecipientsStep } from './people/recipients-step.tsx'
import { ReviewStep } from './review/review-step.tsx'
import { useForecast } from './review/use-forecast.ts'
import { ScheduleStep } from './start/schedule-step.tsx'
import type { StepProps } from './step-props.ts'
import { useDraft } from './use-draft.ts'
import { useKnown } from './use-known.ts'
import { StepButtons, WizardFrame } from './wizard-frame.tsx'

/** The wizard over a saved draft. Going anywhere saves first; the step is in the URL. */
export function DraftWizard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('wizard')
  const navigate = useNavigate()
  const [url, setUrl] = useUrlState({ step: 'template' })
  const step: StepId = isStep(url.step) ? url.step : 'template'
  const [tried, setTried] = useState(false)
  const { draft, saved, isSaving, change, save } = useDraft(
    campaign,
    (now) => step === 'schedule' && gapsOf(step, now, known).length === 0,
  )
  const known = useKnown(draft)
  const forecast = useForecast(campaign.id, { saved, enabled: step === 'schedule' || step === 'review' })
  const gaps = gapsOf(step, draft, known)
  const at = stepIds.indexOf(step)
  const before = stepIds[at - 1]
  const after = stepIds[at + 1]
  const go = (to: StepId) =>
    save(() => {
      setTried(false)
      setUrl({ step: to })
      globalThis.scrollTo({ top: 0 })
    })
  const next = () => {
    setTried(true)
    if (gaps.length === 0 && after) go(after)
  }
  const leave = () => save(() => void navigate({ to: '/campaigns' }))
  const reached = (id: StepId) =>
    stepIds.slice(0, stepIds.indexOf(id)).every((earlier) => gapsOf(earlier, draft, known).length === 0)
  const template = known.templates.get(draft.templateId ?? '') ?? null
  if (step === 'review') {
    const review = { campaign, template, templates: known.templates, forecast }
    return <ReviewStep {...review} canGo={reached} onGo={go} onLeave={leave} />
  }
  const shared: StepProps = {
    draft,
    template,
    templates: known.templates,
    forecast: forecast.data,
    gaps: tried ? gaps : [],
    onChange: change,
  }
  return (
    <WizardFrame
      step={step}
      name={saved.name}
      canGo={reached}
      onGo={go}
      footer={
        <StepButtons
          onBack={before ? () => go(before) : null}
          onLeave={leave}
          onNext={next}
          busy={isSaving}
          nextLabel={t(`next.${after ?? 'review'}`)}
          gaps={shared.gaps}
        />
      }
    >
      {step === 'template' && <TemplateStep {...shared} />}
      {step === 'recipients' && <RecipientsStep {...shared} />}
      {step === 'schedule' && <ScheduleStep {...shared} />}
    </WizardFrame>
  )
}
