import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { CountInput } from '../count-input.tsx'
import type { ComparisonProps } from './comparison-props.ts'

const weightMax = 100

/** Shares that are not the same for every message, behind a disclosure: equal ones tell most. */
export function UnevenShares({ experiment, onExperiment }: ComparisonProps) {
  const { t } = useTranslation('wizard')
  const { variants } = experiment
  const isUneven = variants.some(({ weight }) => weight !== variants[0]?.weight)
  return (
    <details className="group" open={isUneven || undefined}>
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-sm font-medium text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        {t('compare.uneven')}
      </summary>
      <div className="mt-3 grid grid-cols-3 gap-3 sm:grid-cols-6">
        {variants.map((variant) => (
          <Field key={variant.key} label={t('compare.group.variant', { key: variant.key })}>
            <CountInput
              value={variant.weight}
              min={1}
              max={weightMax}
              onValueChange={(weight) =>
                onExperiment({
                  variants: variants.map((one) => (one.key === variant.key ? { ...one, weight } : one)),
                })
              }
            />
          </Field>
        ))}
      </div>
      <p className="mt-2 text-xs text-subtle">{t('compare.unevenText')}</p>
    </details>
  )
}
