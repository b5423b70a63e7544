import type { Sender } from '@siar/contract'
import { Scale, Shuffle, SlidersHorizontal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { RadioCards } from '#ui/radio-cards.tsx'
import type { StepProps } from '../step-props.ts'
import { WeightFields } from './weight-fields.tsx'

/** How several senders share the people. */
export function RotationChoice(props: StepProps & { senders: readonly Sender[] }) {
  const { draft, onChange } = props
  const { t } = useTranslation(['campaigns', 'wizard'])
  return (
    <>
      <RadioCards
        label={t('wizard:senders.rotation')}
        value={draft.rotation}
        onValueChange={(rotation) => onChange({ rotation })}
        columns={3}
        options={[
          {
            value: 'round_robin',
            title: t('rotation.round_robin'),
            text: t('wizard:senders.roundRobin'),
            icon: <Shuffle />,
          },
          {
            value: 'least_loaded',
            title: t('rotation.least_loaded'),
            text: t('wizard:senders.leastLoaded'),
            icon: <Scale />,
          },
          {
            value: 'weighted',
            title: t('rotation.weighted'),
            text: t('wizard:senders.weighted'),
            icon: <SlidersHorizontal />,
          },
        ]}
      />
      {draft.rotation === 'weighted' && <WeightFields {...props} />}
      <p className="text-xs text-subtle">{t('wizard:senders.sticky')}</p>
    </>
  )
}
