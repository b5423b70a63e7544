import { useQueryClient } from '@tanstack/react-query'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { askAuth } from '#app/auth-problem.ts'
import { auth } from '#app/auth.ts'
import { invalidateOperations } from '#app/query.ts'
import { useViewer } from '#app/viewer.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import { Field } from '#ui/field.tsx'
import { fieldError, useZodForm } from '#ui/form.tsx'
import { PasswordInput } from '#ui/input.tsx'
import { NewPasswordInput } from '#ui/new-password-input.tsx'
import { toast } from '#ui/toast.ts'
import { SettingsCard } from './settings-card.tsx'

const PasswordForm = z.object({
  currentPassword: z.string().min(1).max(200),
  newPassword: z.string().min(10).max(200),
  revokeOtherSessions: z.boolean(),
})
const empty = { currentPassword: '', newPassword: '', revokeOtherSessions: true }

/** Changes the password of the signed-in person, who proves it with the current one. */
export function PasswordCard() {
  const { t } = useTranslation('settings')
  const { me } = useViewer()
  const { form, submit } = useChangePassword()
  return (
    <SettingsCard
      title={t('password.title')}
      text={t('password.text')}
      onSubmit={(event) => void submit(event)}
      dirty={form.watch('currentPassword') !== '' || form.watch('newPassword') !== ''}
      busy={form.formState.isSubmitting}
      onReset={() => form.reset(empty)}
    >
      <input type="email" autoComplete="username" value={me.email} readOnly hidden />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field label={t('password.current')} error={fieldError(form, 'currentPassword')}>
          <PasswordInput autoComplete="current-password" {...form.register('currentPassword')} />
        </Field>
        <Field label={t('password.new')} error={fieldError(form, 'newPassword')}>
          <NewPasswordInput {...form.register('newPassword')} value={form.watch('newPassword')} />
        </Field>
      </div>
      <Controller
        control={form.control}
        name="revokeOtherSessions"
        render={({ field }) => (
          <Checkbox
            checked={field.value}
            onCheckedChange={field.onChange}
            label={t('password.elsewhere')}
            hint={t('password.elsewhereHint')}
          />
        )}
      />
    </SettingsCard>
  )
}

function useChangePassword() {
  const { t } = useTranslation(['settings', 'identity'])
  const client = useQueryClient()
  const form = useZodForm(PasswordForm, empty)
  const submit = form.handleSubmit(async (body) => {
    const { problem } = await askAuth((fetchOptions) => auth.changePassword({ ...body, fetchOptions }))
    if (problem) {
      const message = t(`identity:problems.${problem.kind}`, { count: problem.retryAfterS })
      form.setError('currentPassword', { message }, { shouldFocus: true })
      return
    }
    form.reset(empty)
    toast.success(t('password.changed'))
    await invalidateOperations(client, ['identity.listLoginSessions'])
  })
  return { form, submit }
}
