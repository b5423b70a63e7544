import type { Sender } from '@siar/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { CountInput } from '../count-input.tsx'
import { GapLine, Group } from '../group.tsx'
import type { StepProps } from '../step-props.ts'
import { isWeightless, sharesOf, weightMax, weightOf, withWeight } from './weights.ts'

type WeightFieldsProps = Pick<StepProps, 'draft' | 'onChange'> & { senders: readonly Sender[] }

/** A number for each sender, and the share of the people that comes of it. */
export function WeightFields({ draft, senders, onChange }: WeightFieldsProps) {
  const { t } = useTranslation('wizard')
  const ids = senders.map(({ id }) => id)
  const shares = sharesOf(draft.weights, ids)
  return (
    <Group label={t('senders.weights')} hint={t('senders.weightsHint')}>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {senders.map((sender, index) => (
          <WeightLine
            key={sender.id}
            sender={sender}
            weight={weightOf(draft.weights, sender.id)}
            share={shares[index] ?? 0}
            onChange={(weight) => onChange({ weights: withWeight(draft.weights, sender.id, weight) })}
          />
        ))}
      </ul>
      {isWeightless(draft, ids) && <GapLine>{t('gaps.weightsZero')}</GapLine>}
    </Group>
  )
}

type WeightLineProps = { sender: Sender; weight: number; share: number; onChange: (weight: number) => void }

function WeightLine({ sender, weight, share, onChange }: WeightLineProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const id = useId()
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <label htmlFor={id} className="min-w-0 flex-1 truncate text-sm">
        <span className="sr-only">{t('senders.weightOf')} </span>
        {sender.name}
      </label>
      <span className="w-22 shrink-0">
        <CountInput id={id} numeric value={weight} min={0} max={weightMax} onValueChange={onChange} />
      </span>
      <output htmlFor={id} className="w-14 shrink-0 text-right text-sm font-semibold tabular-nums">
        {format.percent(share, 0)}
      </output>
    </li>
  )
}
