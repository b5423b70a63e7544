import { Link } from '@tanstack/react-router'
import { ArrowRight, Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { cn } from '#ui/cn.ts'
import type { DashboardData } from './dashboard-data.ts'

type Checklist = DashboardData['checklist']

/** Where each first step is taken; the test is sent on the last page of a campaign's wizard. */
const steps = [
  { id: 'sender', to: '/senders/new', permission: 'senders.manage' },
  { id: 'contacts', to: '/contacts/imports/new', permission: 'contacts.write' },
  { id: 'template', to: '/templates/new', permission: 'templates.write' },
  { id: 'test', to: '/campaigns/new', permission: 'campaigns.write' },
  { id: 'campaign', to: '/campaigns/new', permission: 'campaigns.write' },
] as const

/** True until every first step is done. */
export function isFirstRun(checklist: Checklist): boolean {
  return steps.some(({ id }) => !checklist[id])
}

/** The way to a first campaign; each step ticks itself when the thing exists, and the card goes when all are ticked. */
export function FirstSteps({ checklist }: { checklist: Checklist }) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const done = steps.filter(({ id }) => checklist[id]).length
  const next = steps.find(({ id }) => !checklist[id])
  return (
    <Card
      title={t('first.title')}
      text={t('first.text')}
      aside={
        <span className="text-xs font-medium text-muted tabular-nums">
          {t('first.done', { done: format.number(done), steps: format.number(steps.length) })}
        </span>
      }
    >
      <ol className="divide-y divide-line">
        {steps.map((step, index) => (
          <FirstStep
            key={step.id}
            step={step}
            number={index + 1}
            state={checklist[step.id] ? 'done' : step === next ? 'next' : 'later'}
          />
        ))}
      </ol>
    </Card>
  )
}

type FirstStepProps = { step: (typeof steps)[number]; number: number; state: 'done' | 'next' | 'later' }

function FirstStep({ step, number, state }: FirstStepProps) {
  const { t } = useTranslation('dashboard')
  const can = useCan()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-3.5 first:pt-0 last:pb-0">
      <span
        className={cn(
          'flex size-7 shrink-0 items-center justify-center rounded-full text-xs font-semibold',
          state === 'done' && 'bg-success-soft text-success-ink',
          state === 'next' && 'bg-accent text-on-accent',
          state === 'later' && 'border border-line-strong text-subtle',
        )}
        aria-hidden
      >
        {state === 'done' ? <Check className="size-4" strokeWidth={2.5} /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-48">
        <p
          className={cn('font-medium', state === 'done' && 'text-subtle line-through decoration-line-strong')}
        >
          {t(`first.steps.${step.id}.title`)}
          {state === 'done' && <span className="sr-only">{t('first.ticked')}</span>}
        </p>
        {state !== 'done' && (
          <p className="mt-0.5 text-xs text-pretty text-muted">{t(`first.steps.${step.id}.text`)}</p>
        )}
      </div>
      {state !== 'done' && can(step.permission) && (
        <Button asChild size="sm" tone={state === 'next' ? 'primary' : 'secondary'} className="max-sm:ml-11">
          <Link to={step.to}>
            {t(`first.steps.${step.id}.go`)}
            {state === 'next' && <ArrowRight aria-hidden />}
          </Link>
        </Button>
      )}
    </li>
  )
}
