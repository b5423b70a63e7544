import { API_KEY_SCOPES, workspaceOperations } from '@siar/contract'
import type { ApiKeyScope } from '@siar/contract'
import { useId } from 'react'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import type { NewApiKey } from './api-key-secret.tsx'

const lifetimes = ['30', '90', '180', '365', '730', 'none'] as const

type Props = { onClose: () => void; onCreated: (key: NewApiKey) => void }

/** Makes a key: what it is for, what it may do, how long it lives. */
export function CreateApiKeyDialog({ onClose, onCreated }: Props) {
  const { t } = useTranslation('settings')
  const { form, create, submit } = useCreateApiKey(onCreated)
  return (
    <FormDialog
      onClose={onClose}
      size="md"
      title={t('apiKeys.createTitle')}
      text={t('apiKeys.createText')}
      action={t('apiKeys.create')}
      busy={create.isPending}
      onSubmit={submit}
    >
      <div className="grid gap-5 sm:grid-cols-[1fr_11rem]">
        <Field label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} error={fieldError(form, 'name')}>
          <Input maxLength={80} autoComplete="off" autoFocus {...form.register('name')} />
        </Field>
        <Field label={t('apiKeys.lifetime')}>
          <Controller
            control={form.control}
            name="expiresInDays"
            render={({ field }) => (
              <Select
                value={field.value === null ? 'none' : (String(field.value) as '90')}
                onValueChange={(value: (typeof lifetimes)[number]) =>
                  field.onChange(value === 'none' ? null : Number(value))
                }
                options={lifetimes.map((value) => ({
                  value,
                  label:
                    value === 'none' ? t('apiKeys.noExpiry') : t('apiKeys.days', { count: Number(value) }),
                }))}
              />
            )}
          />
        </Field>
      </div>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <ScopeChoice
            value={field.value}
            onValueChange={field.onChange}
            error={form.formState.errors.scopes?.message}
          />
        )}
      />
    </FormDialog>
  )
}

type ScopeChoiceProps = {
  value: readonly ApiKeyScope[]
  onValueChange: (value: ApiKeyScope[]) => void
  error: string | undefined
}

/** Only what the person may do themselves can be given to a key. */
function ScopeChoice({ value, onValueChange, error }: ScopeChoiceProps) {
  const { t } = useTranslation('settings')
  const can = useCan()
  const id = useId()
  const toggle = (scope: ApiKeyScope, on: boolean) =>
    onValueChange(on ? [...value, scope] : value.filter((item) => item !== scope))
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-2 text-sm font-medium">{t('apiKeys.mayDo')}</legend>
      <div className="grid gap-x-6 gap-y-3 rounded-lg border border-line p-4 sm:grid-cols-2">
        {API_KEY_SCOPES.filter(can).map((scope) => (
          <Checkbox
            key={scope}
            checked={value.includes(scope)}
            onCheckedChange={(on) => toggle(scope, on)}
            label={t(`scopes.${scope}`)}
            hint={t(`scopeHints.${scope}`)}
          />
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-xs font-medium text-danger-ink">
          {t('apiKeys.scopeNeeded')}
        </p>
      )}
    </fieldset>
  )
}

function useCreateApiKey(onCreated: (key: NewApiKey) => void) {
  const form = useZodForm(workspaceOperations.createApiKey.body, { name: '', scopes: [], expiresInDays: 90 })
  const create = useAction(workspaceOperations.createApiKey, {
    invalidates: ['apiKeys.'],
    onSuccess: onCreated,
    onProblem: (problem) => {
      if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  const submit = form.handleSubmit((body) => create.mutate({ body }))
  return { form, create, submit }
}
