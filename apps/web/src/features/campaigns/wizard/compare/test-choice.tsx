import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { CountInput } from '../count-input.tsx'
import { Group } from '../group.tsx'
import type { ComparisonProps } from './comparison-props.ts'
import { withTestOf } from './experiment.ts'
import { peopleIn } from './people-in.ts'
import { PercentSlider } from './percent-slider.tsx'

const testMax = 99
const hoursMax = 168

/** Everybody gets one of the messages, or a part first and the others the one that did better. */
export function TestChoice(props: ComparisonProps) {
  const { experiment, forecast, onExperiment } = props
  const { t } = useTranslation('wizard')
  const who = experiment.testSharePercent === 100 ? 'everybody' : 'part'
  const people = peopleIn(forecast)
  const notHeldOut = people && Math.round(people * (1 - experiment.holdoutPercent / 100))
  return (
    <>
      <Group label={t('compare.who')}>
        <RadioCards
          label={t('compare.who')}
          value={who}
          onValueChange={(next) => onExperiment(withTestOf(experiment, next))}
          options={(['everybody', 'part'] as const).map((one) => ({
            value: one,
            title: t(`compare.whoes.${one}`),
            text: t(`compare.whoText.${one}`),
          }))}
        />
      </Group>
      {who === 'part' && (
        <>
          <PercentSlider
            label={t('compare.testShare')}
            percent={experiment.testSharePercent}
            max={testMax}
            people={notHeldOut}
            onChange={(testSharePercent) => onExperiment({ testSharePercent })}
          />
          <DecideChoice {...props} />
        </>
      )}
    </>
  )
}

function DecideChoice({ experiment, onExperiment }: ComparisonProps) {
  const { t } = useTranslation('wizard')
  return (
    <Group label={t('compare.decide')}>
      <RadioCards
        label={t('compare.decide')}
        value={experiment.decide}
        onValueChange={(decide) => onExperiment({ decide })}
        options={(['automatic', 'manual'] as const).map((one) => ({
          value: one,
          title: t(`compare.decides.${one}`),
          text: t(`compare.decideText.${one}`),
        }))}
      />
      {experiment.decide === 'automatic' && (
        <Field label={t('compare.hours')} className="mt-2.5 w-40">
          <CountInput
            value={experiment.decideAfterHours}
            min={1}
            max={hoursMax}
            onValueChange={(decideAfterHours) => onExperiment({ decideAfterHours })}
          />
        </Field>
      )}
    </Group>
  )
}
