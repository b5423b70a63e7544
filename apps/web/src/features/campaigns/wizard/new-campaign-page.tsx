import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { useAction } from '#app/query.ts'
import { useUrlState } from '#ui/url-state.ts'
import { emptyDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { gapsOf } from './gaps.ts'
import { TemplateStep } from './message/template-step.tsx'
import { useKnown } from './use-known.ts'
import { StepButtons, WizardFrame } from './wizard-frame.tsx'

/** The first step of a campaign that is not saved yet; its second step is the saved draft's. */
export function NewCampaignPage() {
  const { t } = useTranslation('wizard')
  const navigate = useNavigate()
  const [url] = useUrlState({ template: '' })
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, templateId: url.template || null })
  const [tried, setTried] = useState(false)
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey)
  const known = useKnown(draft)
  const create = useAction(campaignOperations.create, { invalidates: ['campaigns.list', 'analytics.'] })
  const gaps = gapsOf('template', draft, known)
  const change = (patch: Partial<Draft>) => {
    setIdempotencyKey(newIdempotencyKey())
    setDraft((before) => ({ ...before, ...patch }))
  }
  const save = (after: (campaignId: string) => void) =>
    create.mutate({ body: draft, idempotencyKey }, { onSuccess: ({ id }) => after(id) })
  const next = () => {
    setTried(true)
    if (gaps.length > 0) return
    save(
      (campaignId) =>
        void navigate({
          to: '/campaigns/$campaignId/edit',
          params: { campaignId },
          search: { step: 'recipients' },
          replace: true,
        }),
    )
  }
  const leave = () => {
    const untouched = draft.name.trim() === ''
    if (untouched) return void navigate({ to: '/campaigns' })
    save(() => void navigate({ to: '/campaigns' }))
  }
  return (
    <WizardFrame
      step="template"
      canGo={() => false}
      onGo={() => undefined}
      footer={
        <StepButtons
          onBack={null}
          onLeave={leave}
          onNext={next}
          busy={create.isPending}
          nextLabel={t('next.recipients')}
          gaps={tried ? gaps : []}
        />
      }
    >
      <TemplateStep
        draft={draft}
        template={known.templates.get(draft.templateId ?? '') ?? null}
        templates={known.templates}
        forecast={undefined}
        gaps={tried ? gaps : []}
        onChange={change}
      />
    </WizardFrame>
  )
}
