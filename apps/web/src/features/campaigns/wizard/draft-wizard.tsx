import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useUrlState } from '#ui/url-state.ts'
import { changesOf, draftOf, gapsOf, isStep, stepIds } from './draft.ts'
import type { Draft, StepId } from './draft.ts'
import { RecipientsStep } from './people/recipients-step.tsx'
import { ReviewStep } from './review/review-step.tsx'
import { ScheduleStep } from './start/schedule-step.tsx'
import { TemplateStep } from './message/template-step.tsx'
import { useTemplate } from './message/use-template.ts'
import { StepButtons, WizardFrame } from './wizard-frame.tsx'

/** The wizard over a saved draft. Going anywhere saves first; the step is in the URL. */
export function DraftWizard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('wizard')
  const navigate = useNavigate()
  const [url, setUrl] = useUrlState({ step: 'template' })
  const step: StepId = isStep(url.step) ? url.step : 'template'
  const [saved, setSaved] = useState<Draft>(() => draftOf(campaign))
  const [draft, setDraft] = useState<Draft>(saved)
  const [tried, setTried] = useState(false)
  const template = useTemplate(draft.templateId)
  const update = useAction(campaignOperations.update, { invalidates: ['campaigns.'] })
  const gaps = gapsOf(step, draft, template, Date.now())
  const at = stepIds.indexOf(step)
  const before = stepIds[at - 1]
  const after = stepIds[at + 1]

  const save = (then: () => void) => {
    const body = changesOf(saved, draft)
    if (Object.keys(body).length === 0) return then()
    update.mutate(
      { params: { campaignId: campaign.id }, body },
      {
        onSuccess: (answer) => {
          setSaved(draftOf(answer))
          setDraft(draftOf(answer))
          then()
        },
      },
    )
  }
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
  const change = (patch: Partial<Draft>) => setDraft((now) => ({ ...now, ...patch }))
  const leave = () => save(() => void navigate({ to: '/campaigns' }))
  const reached = (id: StepId) =>
    stepIds
      .slice(0, stepIds.indexOf(id))
      .every((earlier) => gapsOf(earlier, draft, template, Date.now()).length === 0)
  const shared = { draft, template, gaps: tried ? gaps : [], onChange: change }
  if (step === 'review') {
    return <ReviewStep campaign={campaign} template={template} canGo={reached} onGo={go} onLeave={leave} />
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
          busy={update.isPending}
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
