import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Stepper } from '#ui/stepper.tsx'
import { stepIds } from './draft.ts'
import type { StepId } from './draft.ts'
import type { Gap } from './gaps.ts'

export type WizardFrameProps = {
  step: StepId
  /** The campaign's own name once it is saved. */
  name?: string
  canGo: (step: StepId) => boolean
  onGo: (step: StepId) => void
  children: ReactNode
  footer: ReactNode
}

/** Title, steps, the present step and its buttons: the same for a new campaign and for one that is taken up again. */
export function WizardFrame({ step, name, canGo, onGo, children, footer }: WizardFrameProps) {
  const { t } = useTranslation(['campaigns', 'wizard', 'ui'])
  return (
    <Page>
      <PageHeader
        title={name || t('wizard:title')}
        text={t(`wizard:steps.${step}Text`)}
        back={
          <Link to="/campaigns" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
      />
      <Stepper
        steps={stepIds.map((id) => ({ id, label: t(`wizard:steps.${id}`) }))}
        current={step}
        canGo={(id) => canGo(id as StepId)}
        onGo={(id) => onGo(id as StepId)}
      />
      {children}
      <footer className="flex flex-wrap items-center gap-2 border-t border-line pt-5">{footer}</footer>
    </Page>
  )
}

export type StepButtonsProps = {
  onBack: (() => void) | null
  onLeave: () => void
  onNext: () => void
  busy: boolean
  nextLabel: string
  /** What is still missing; said beside the buttons after a first try. */
  gaps: readonly Gap[]
}

export function StepButtons({ onBack, onLeave, onNext, busy, nextLabel, gaps }: StepButtonsProps) {
  const { t } = useTranslation(['campaigns', 'wizard', 'ui'])
  return (
    <>
      {onBack && <Button onClick={onBack}>{t('ui:actions.back')}</Button>}
      <Button tone="ghost" onClick={onLeave}>
        {t('wizard:leave')}
      </Button>
      <p className="min-w-0 flex-1 text-right text-sm text-danger-ink max-sm:basis-full" role="status">
        {gaps.map((gap) => t(`wizard:gaps.${gap}`)).join(' ')}
      </p>
      <Button tone="primary" busy={busy} onClick={onNext} className="max-sm:w-full">
        {nextLabel}
      </Button>
    </>
  )
}
