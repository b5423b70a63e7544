import { useMemo } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Field } from '#ui/field.tsx'
import { fieldError } from '#ui/form.tsx'
import { Input, PasswordInput } from '#ui/input.tsx'
import type { FieldRules } from './entry-schema.ts'

/** What each value has to look like, in the page's words. */
export function useFieldRules(): FieldRules {
  const { t } = useTranslation('connect')
  return useMemo(
    () => ({
      phoneNumberId: t('rules.digits'),
      wabaId: t('rules.digits'),
      appId: t('rules.digits'),
      accessToken: t('rules.accessToken'),
      appSecret: t('rules.appSecret'),
      verifyToken: t('rules.verifyToken'),
      baseUrl: t('rules.baseUrl'),
      session: t('rules.session'),
      apiKey: t('rules.apiKey'),
    }),
    [t],
  )
}

const cloudApiFields = [
  { path: 'settings.cloud_api.phoneNumberId', field: 'phoneNumberId', kind: 'digits' },
  { path: 'settings.cloud_api.wabaId', field: 'wabaId', kind: 'digits' },
  { path: 'secrets.cloud_api.accessToken', field: 'accessToken', kind: 'secret' },
  { path: 'secrets.cloud_api.appSecret', field: 'appSecret', kind: 'secret' },
  { path: 'secrets.cloud_api.verifyToken', field: 'verifyToken', kind: 'text' },
  { path: 'settings.cloud_api.appId', field: 'appId', kind: 'optional' },
] as const

const wahaFields = [
  { path: 'settings.waha.baseUrl', field: 'baseUrl', kind: 'text' },
  { path: 'settings.waha.session', field: 'session', kind: 'text' },
  { path: 'secrets.waha.apiKey', field: 'apiKey', kind: 'secret' },
] as const

type OneField = (typeof cloudApiFields)[number] | (typeof wahaFields)[number]

export type AccessFieldsProps<F extends FieldValues, C, O> = {
  channel: 'cloud_api' | 'waha'
  form: UseFormReturn<F, C, O>
  /** Secrets that are kept already may stay empty. */
  isChange?: boolean
}

/** What a person enters to reach a channel. Secrets are typed unseen and never come back. */
export function AccessFields<F extends FieldValues, C, O>({
  channel,
  form,
  isChange = false,
}: AccessFieldsProps<F, C, O>) {
  const fields = channel === 'cloud_api' ? cloudApiFields : wahaFields
  return (
    <div className="grid gap-5">
      {fields.map((one) => (
        <AccessField
          key={one.path}
          one={one}
          form={form}
          isKept={isChange && one.path.startsWith('secrets.')}
        />
      ))}
    </div>
  )
}

type AccessFieldProps<F extends FieldValues, C, O> = {
  one: OneField
  form: UseFormReturn<F, C, O>
  isKept: boolean
}

function AccessField<F extends FieldValues, C, O>({ one, form, isKept }: AccessFieldProps<F, C, O>) {
  const { t } = useTranslation('connect')
  const path = one.path as FieldPath<F>
  const isOptional = one.kind === 'optional'
  const given = { ...form.register(path), autoComplete: 'off', spellCheck: false }
  return (
    <Field
      label={t(`fields.${one.field}`)}
      hint={isKept ? t('change.kept') : t(`hints.${one.field}`)}
      error={fieldError(form, path)}
      required={!isOptional && !isKept}
      optional={isOptional || isKept}
    >
      {one.kind === 'secret' ? (
        <PasswordInput {...given} autoComplete="new-password" />
      ) : (
        <Input {...given} {...(one.kind === 'text' ? {} : { inputMode: 'numeric' as const })} />
      )}
    </Field>
  )
}
