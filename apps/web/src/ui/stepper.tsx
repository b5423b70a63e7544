import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cn } from './cn.ts'

export type Step = { id: string; label: string }
export type StepperProps = {
  steps: readonly Step[]
  current: string
  /** Steps one may go back or ahead to; others are only shown. */
  canGo?: (id: string) => boolean
  onGo?: (id: string) => void
}

/** Where one is in a wizard. On a phone it says "Step 2 of 5" with the name. */
export function Stepper({ steps, current, canGo, onGo }: StepperProps) {
  const { t } = useTranslation('ui')
  const at = Math.max(
    0,
    steps.findIndex((step) => step.id === current),
  )
  return (
    <nav aria-label={t('stepper.label')}>
      <div className="sm:hidden">
        <p className="text-xs text-subtle">{t('stepper.step', { step: at + 1, steps: steps.length })}</p>
        <p className="mt-0.5 font-semibold">{steps[at]?.label}</p>
        <div className="mt-2.5 flex gap-1" aria-hidden>
          {steps.map((step, index) => (
            <span
              key={step.id}
              className={cn('h-1 flex-1 rounded-full', index <= at ? 'bg-accent' : 'bg-line-strong')}
            />
          ))}
        </div>
      </div>
      <ol className="flex items-center gap-2 max-sm:hidden">
        {steps.map((step, index) => (
          <li
            key={step.id}
            className={cn('flex min-w-0 items-center gap-2', index < steps.length - 1 && 'flex-1')}
          >
            <StepMark
              step={step}
              index={index}
              state={index < at ? 'done' : index === at ? 'now' : 'next'}
              open={index !== at && (canGo?.(step.id) ?? false)}
              onGo={onGo}
            />
            {index < steps.length - 1 && (
              <span
                className={cn('h-px min-w-3 flex-1', index < at ? 'bg-accent' : 'bg-line-strong')}
                aria-hidden
              />
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

type StepMarkProps = {
  step: Step
  index: number
  state: 'done' | 'now' | 'next'
  open: boolean
  onGo: ((id: string) => void) | undefined
}

function StepMark({ step, index, state, open, onGo }: StepMarkProps) {
  const { t } = useTranslation('ui')
  return (
    <button
      type="button"
      disabled={!open}
      aria-current={state === 'now' ? 'step' : undefined}
      onClick={() => onGo?.(step.id)}
      className={cn(
        'flex min-w-0 items-center gap-2 rounded-md py-1 pr-1 text-sm font-medium',
        state === 'next' ? 'text-subtle' : 'text-ink',
        open && 'hover:text-accent-ink',
      )}
    >
      <span
        className={cn(
          'flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-semibold tabular-nums',
          state === 'done' && 'bg-accent-soft text-accent-ink',
          state === 'now' && 'bg-accent text-on-accent',
          state === 'next' && 'border border-line-strong text-subtle',
        )}
      >
        {state === 'done' ? <Check className="size-3.5" strokeWidth={3} aria-hidden /> : index + 1}
      </span>
      <span className={cn('truncate', state !== 'now' && 'max-lg:sr-only')}>{step.label}</span>
      {state === 'done' && <span className="sr-only">{t('stepper.done')}</span>}
    </button>
  )
}
