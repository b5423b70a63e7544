import { variantKeys } from '@siar/contract'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { GapLine, Group } from '../group.tsx'
import { VariableFields, openVariables } from '../message/variable-fields.tsx'
import type { ComparisonProps } from './comparison-props.ts'
import { withOneMore, without } from './experiment.ts'
import type { Variant } from './experiment.ts'
import { variantTemplates } from './experiment-gaps.ts'
import { GoalChoice } from './goal-choice.tsx'
import { TestChoice } from './test-choice.tsx'
import { UnevenShares } from './uneven-shares.tsx'
import { VariantCard } from './variant-card.tsx'

/** The messages, what they are compared by, and who gets which. */
export function Comparison(props: ComparisonProps) {
  const { experiment, gaps, onExperiment } = props
  const { t } = useTranslation('wizard')
  const { variants } = experiment
  const replace = (next: Variant) =>
    onExperiment({ variants: variants.map((variant) => (variant.key === next.key ? next : variant)) })
  return (
    <>
      <ul className="grid gap-3 sm:grid-cols-2">
        {variants.map((variant) => (
          <VariantCard
            key={variant.key}
            {...props}
            variant={variant}
            onVariant={replace}
            onRemove={
              variants.length > 2
                ? () => onExperiment({ variants: without(variants, variant.key) })
                : undefined
            }
          />
        ))}
      </ul>
      {gaps.includes('variantsSame') && <GapLine>{t('gaps.variantsSame')}</GapLine>}
      {gaps.includes('variantPurpose') && <GapLine>{t('gaps.variantPurpose')}</GapLine>}
      {variants.length < variantKeys.length && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onExperiment({ variants: withOneMore(variants) })}
        >
          {t('compare.add')}
        </Button>
      )}
      <VariantValues {...props} />
      <GoalChoice {...props} />
      <TestChoice {...props} />
      <UnevenShares {...props} />
    </>
  )
}

/** Values the compared messages need beyond those the campaign's own message asks for. */
function VariantValues({ draft, template, templates, experiment, gaps, onChange }: ComparisonProps) {
  const { t } = useTranslation('wizard')
  const asked = new Set(template ? openVariables(template).map(({ name }) => name) : [])
  const open = variantTemplates(experiment, templates)
    .flatMap(openVariables)
    .filter(({ name }, index, all) => !asked.has(name) && all.findIndex((one) => one.name === name) === index)
  if (open.length === 0) return null
  return (
    <Group label={t('compare.values')}>
      <VariableFields
        draft={draft}
        template={{ variables: open }}
        showMissing={gaps.includes('variantValues')}
        onChange={onChange}
      />
    </Group>
  )
}
