import type { ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { languageNames } from '#i18n/language.ts'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { useListChoices, useTagChoices } from './choices.ts'
import type { ContactFields, ContactForm } from './contact-fields.ts'
import { CustomValues } from './custom-values.tsx'

const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}))

export type ContactFormProps = {
  form: ContactForm
  onSubmit: (fields: ContactFields) => void
  isNew: boolean
  /** Buttons at the end. */
  footer: ReactNode
}

/** Everything one can write about a person, in the order of how often it is known. */
export function ContactFormFields({ form, onSubmit, isNew, footer }: ContactFormProps) {
  const { t } = useTranslation('contacts')
  const { register, control } = form
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => void form.handleSubmit((fields) => onSubmit(fields))(event)}
    >
      <Field
        label={t('fields.phone')}
        hint={t('fields.phoneHint')}
        error={fieldError(form, 'phone')}
        required={isNew}
      >
        <Input {...register('phone')} type="tel" inputMode="tel" autoComplete="off" autoFocus={isNew} />
      </Field>
      <Field label={t('fields.fullName')} error={fieldError(form, 'fullName')}>
        <Input {...register('fullName')} autoComplete="off" />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('fields.firstName')} error={fieldError(form, 'firstName')} optional>
          <Input {...register('firstName')} autoComplete="off" />
        </Field>
        <Field label={t('fields.lastName')} error={fieldError(form, 'lastName')} optional>
          <Input {...register('lastName')} autoComplete="off" />
        </Field>
        <Field label={t('fields.email')} error={fieldError(form, 'email')} optional>
          <Input {...register('email')} type="email" autoComplete="off" />
        </Field>
        <Field label={t('fields.company')} error={fieldError(form, 'company')} optional>
          <Input {...register('company')} autoComplete="off" />
        </Field>
      </div>
      <Membership form={form} />
      <CustomValues form={form} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('fields.language')}>
          <Controller
            control={control}
            name="language"
            render={({ field }) => (
              <Select
                value={field.value}
                onValueChange={field.onChange}
                options={[
                  { value: 'none', label: t('fields.languageNone') },
                  { value: 'id', label: languageNames.id },
                  { value: 'en', label: languageNames.en },
                ]}
              />
            )}
          />
        </Field>
        <Field label={t('fields.timeZone')} optional>
          <Controller
            control={control}
            name="timeZone"
            render={({ field }) => (
              <Combobox
                options={timeZones}
                value={field.value || null}
                placeholder={t('fields.timeZoneNone')}
                onValueChange={(zone) => field.onChange(zone ?? '')}
              />
            )}
          />
        </Field>
      </div>
      <Field label={t('fields.notes')} error={fieldError(form, 'notes')} optional>
        <Textarea {...register('notes')} rows={3} />
      </Field>
      {isNew && (
        <Field
          label={t('add.consent')}
          hint={t('add.consentHint')}
          error={fieldError(form, 'consentWording')}
          optional
        >
          <Textarea {...register('consentWording')} rows={2} placeholder={t('add.consentExample')} />
        </Field>
      )}
      {!isNew && (
        <Controller
          control={control}
          name="active"
          render={({ field }) => (
            <Switch
              checked={field.value}
              onCheckedChange={field.onChange}
              label={t('fields.active')}
              hint={t('fields.activeHint')}
            />
          )}
        />
      )}
      {footer}
    </form>
  )
}

function Membership({ form }: { form: ContactForm }) {
  const { t } = useTranslation('contacts')
  const lists = useListChoices()
  const tags = useTagChoices()
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t('columns.tags')} optional>
        <Controller
          control={form.control}
          name="tagIds"
          render={({ field }) => (
            <Combobox
              multiple
              options={tags.options}
              loading={tags.loading}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
      </Field>
      <Field label={t('columns.lists')} optional>
        <Controller
          control={form.control}
          name="listIds"
          render={({ field }) => (
            <Combobox
              multiple
              options={lists.options}
              loading={lists.loading}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
      </Field>
    </div>
  )
}
