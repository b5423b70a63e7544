import type { Pacing } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Switch } from '#ui/switch.tsx'
import type { StepProps } from '../step-props.ts'

const usual: Pacing = { delayMsMin: 3000, delayMsMax: 6000 }
const longestS = 600

/** The campaign's own pauses; without them each sender's settings decide. */
export function PacingCard({ draft, gaps, onChange }: StepProps) {
  const { t } = useTranslation('wizard')
  const { pacing } = draft
  const change = (field: keyof Pacing) => (event: { target: { value: string } }) => {
    const seconds = Math.min(longestS, Math.max(0, Number(event.target.value) || 0))
    onChange({ pacing: { ...(pacing ?? usual), [field]: Math.round(seconds * 1000) } })
  }
  return (
    <Card>
      <Switch
        checked={pacing !== null}
        onCheckedChange={(on) => onChange({ pacing: on ? usual : null })}
        label={t('pacing.own')}
        hint={t('pacing.ownHint')}
      />
      {pacing && (
        <div className="mt-5 grid grid-cols-2 gap-4 sm:max-w-md">
          {(['delayMsMin', 'delayMsMax'] as const).map((field) => (
            <Field
              key={field}
              label={t(`pacing.${field}`)}
              error={field === 'delayMsMin' && gaps.includes('pauseOrder') ? t('gaps.pauseOrder') : undefined}
            >
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                max={longestS}
                step="0.5"
                value={pacing[field] / 1000}
                onChange={change(field)}
              />
            </Field>
          ))}
        </div>
      )}
    </Card>
  )
}
