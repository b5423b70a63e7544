import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { standIns } from './limits-schema.ts'
import type { LimitsFormProps } from './limits-schema.ts'

const numbers = [
  'latencyMsMin',
  'latencyMsMax',
  'timeScale',
  'refusedPercent',
  'notSentPercent',
  'unknownPercent',
] as const

/** How the simulator behaves: for rehearsing what a real network does. */
export function SimulatorFields({ form }: LimitsFormProps) {
  const { t } = useTranslation('senders')
  return (
    <Card title={t('simulator.title')} text={t('simulator.text')}>
      <div className="flex flex-col gap-5">
        {(['paced', 'dedupesOurId'] as const).map((name) => (
          <Controller
            key={name}
            control={form.control}
            name={name}
            render={({ field }) => (
              <Switch
                checked={field.value}
                onCheckedChange={field.onChange}
                label={t(`simulator.${name}`)}
                hint={t(`simulator.${name}Hint`)}
              />
            )}
          />
        ))}
        <Controller
          control={form.control}
          name="standsFor"
          render={({ field }) => (
            <Field label={t('simulator.standsFor')} hint={t(`simulator.standsForHint.${field.value}`)}>
              <Select
                className="sm:w-72"
                value={field.value}
                onValueChange={field.onChange}
                options={standIns.map((value) => ({ value, label: t(`channels.${value}`) }))}
              />
            </Field>
          )}
        />
        <div className="grid grid-cols-2 gap-5 sm:grid-cols-3">
          {numbers.map((name) => (
            <Field key={name} label={t(`simulator.${name}`)} error={fieldError(form, name)}>
              <Input
                type="number"
                step="any"
                min={0}
                inputMode="decimal"
                {...form.register(name, { valueAsNumber: true })}
              />
            </Field>
          ))}
        </div>
      </div>
    </Card>
  )
}
