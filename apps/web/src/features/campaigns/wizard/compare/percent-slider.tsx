import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

export type PercentSliderProps = {
  label: string
  percent: number
  max: number
  /** Of how many people; null while that is not known. */
  people: number | null
  onChange: (percent: number) => void
}

/** A share to drag, 1 … `max` percent, with the people it means. */
export function PercentSlider({ label, percent, max, people, onChange }: PercentSliderProps) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const id = useId()
  const share = format.percent(percent / 100, 0)
  const text =
    people === null ? share : t('compare.sharePeople', { share, count: Math.round((people * percent) / 100) })
  return (
    <div className="flex max-w-md flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <output htmlFor={id} className="text-sm font-semibold tabular-nums">
          {text}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={1}
        max={max}
        value={percent}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-6 w-full accent-accent"
      />
    </div>
  )
}
