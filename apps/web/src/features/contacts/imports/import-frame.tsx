import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Stepper } from '#ui/stepper.tsx'

export const importSteps = ['file', 'columns', 'check', 'consent', 'run'] as const
export type ImportStep = (typeof importSteps)[number]

export type ImportFrameProps = {
  step: ImportStep
  /** Beside the title: the file's name, a badge. */
  aside?: ReactNode
  canGo?: (step: ImportStep) => boolean
  onGo?: (step: ImportStep) => void
  children: ReactNode
}

/** Title, way back and the five steps around every page of an import. */
export function ImportFrame({ step, aside, canGo, onGo, children }: ImportFrameProps) {
  const { t } = useTranslation('imports')
  return (
    <Page>
      <PageHeader
        back={
          <Link to="/contacts/imports" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('list.title')}
          </Link>
        }
        title={t('title')}
        aside={aside}
      />
      <Stepper
        steps={importSteps.map((id) => ({ id, label: t(`steps.${id}`) }))}
        current={step}
        canGo={(id) => canGo?.(id as ImportStep) ?? false}
        onGo={(id) => onGo?.(id as ImportStep)}
      />
      {children}
    </Page>
  )
}

/** The buttons at the end of a step: back at the left, onwards at the right; they stay in view on long steps. */
export function StepBar({ back, children }: { back?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-canvas px-1 py-3 max-lg:bottom-14">
      <div>{back}</div>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </div>
  )
}
