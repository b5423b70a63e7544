import type { ResponseOf } from '@siar/contract'
import { contactOperations } from '@siar/contract'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useOperation } from '#app/query.ts'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import type { ContactForm } from './contact-fields.ts'

type CustomField = ResponseOf<typeof contactOperations.listCustomFields>['data'][number]
type Value = string | number | boolean
type Values = Readonly<Record<string, Value>>

/** The workspace's own fields of a contact, each by its type. */
export function CustomValues({ form }: { form: ContactForm }) {
  const fields = useOperation(contactOperations.listCustomFields, {}, { staleMs: 60_000 })
  const all = fields.data?.data ?? []
  if (all.length === 0) return null
  return (
    <Controller
      control={form.control}
      name="custom"
      render={({ field: { value, onChange } }) => (
        <div className="grid gap-5 sm:grid-cols-2">
          {all.map((field) => (
            <Field key={field.id} label={field.label} optional>
              <ValueInput
                field={field}
                value={value[field.key]}
                onChange={(next) => onChange(withValue(value, field.key, next))}
              />
            </Field>
          ))}
        </div>
      )}
    />
  )
}

function withValue(values: Values, key: string, value: Value | undefined): Values {
  const { [key]: _, ...rest } = values
  return value === undefined || value === '' ? rest : { ...rest, [key]: value }
}

type ValueInputProps = {
  field: CustomField
  value: Value | undefined
  onChange: (value: Value | undefined) => void
}

function ValueInput({ field, value, onChange }: ValueInputProps) {
  const { t } = useTranslation('contacts')
  const text = value === undefined ? '' : String(value)
  switch (field.type) {
    case 'text':
    case 'date':
      return (
        <Input
          type={field.type}
          value={text}
          maxLength={1000}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'number':
      return (
        <Input
          type="number"
          step="any"
          value={text}
          onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        />
      )
    case 'choice':
      return (
        <Select
          value={text || 'none'}
          onValueChange={(next) => onChange(next === 'none' ? undefined : next)}
          options={[
            { value: 'none', label: '–' },
            ...field.choices.map((choice) => ({ value: choice, label: choice })),
          ]}
        />
      )
    case 'yes_no':
      return (
        <Select
          value={value === undefined ? 'none' : value ? 'yes' : 'no'}
          onValueChange={(next) => onChange(next === 'none' ? undefined : next === 'yes')}
          options={[
            { value: 'none', label: '–' },
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      )
  }
}
