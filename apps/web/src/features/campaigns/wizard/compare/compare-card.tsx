import type { Experiment } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { Switch } from '#ui/switch.tsx'
import type { StepProps } from '../step-props.ts'
import { Comparison } from './comparison.tsx'
import { changed, withComparison, withHoldout } from './experiment.ts'
import { GroupBar } from './group-bar.tsx'
import { peopleIn } from './people-in.ts'
import { PercentSlider } from './percent-slider.tsx'

const holdoutMax = 50

/** Two to six messages against each other, a group that gets nothing, both, or (at first) neither. */
export function CompareCard(props: StepProps) {
  const { draft, forecast, onChange } = props
  const { t } = useTranslation('wizard')
  const { experiment } = draft
  const isComparing = experiment !== null && experiment.variants.length > 0
  const set = (next: Experiment | null) => onChange({ experiment: next })
  return (
    <Card>
      <div className="flex flex-col gap-5">
        <Switch
          checked={isComparing}
          onCheckedChange={(on) => set(withComparison(experiment, on))}
          label={t('compare.title')}
          hint={t('compare.text')}
        />
        {isComparing && (
          <Comparison
            {...props}
            experiment={experiment}
            onExperiment={(patch) => set(changed(experiment, patch))}
          />
        )}
        <Holdout {...props} />
        {experiment && <GroupBar experiment={experiment} people={peopleIn(forecast)} />}
      </div>
    </Card>
  )
}

function Holdout({ draft: { experiment }, forecast, onChange }: StepProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const percent = experiment?.holdoutPercent ?? 0
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5">
      <Switch
        checked={percent > 0}
        onCheckedChange={(on) => onChange({ experiment: withHoldout(experiment, on) })}
        label={t('compare.holdout')}
        hint={
          percent === 0
            ? t('compare.holdoutText')
            : t('compare.holdoutNow', { share: format.percent(percent / 100, 0) })
        }
      />
      {percent > 0 && (
        <PercentSlider
          label={t('compare.holdoutShare')}
          percent={percent}
          max={holdoutMax}
          people={peopleIn(forecast)}
          onChange={(holdoutPercent) => onChange({ experiment: changed(experiment, { holdoutPercent }) })}
        />
      )}
    </div>
  )
}
