import { ROLES, workspaceOperations } from '@siar/contract'
import type { Role } from '@siar/contract'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { useViewer } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { CopyField } from '#ui/copy-field.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'

type Props = { onClose: () => void }

/** Invites one person with a role; afterwards shows the link to hand over where no mail can be sent. */
export function InviteDialog({ onClose }: Props) {
  const { t } = useTranslation('settings')
  const { form, invite, submit } = useInvite()
  const made = invite.data
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        size="md"
        title={t('invite.made', { email: made.email })}
        text={t('invite.madeText')}
        footer={
          <Button tone="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <CopyField value={made.link} label={t('invite.link')} />
      </Dialog>
    )
  }
  return (
    <FormDialog
      onClose={onClose}
      size="md"
      title={t('invite.title')}
      text={t('invite.text')}
      action={t('invite.action')}
      busy={invite.isPending}
      onSubmit={submit}
    >
      <Field label={t('invite.email')} error={fieldError(form, 'email')}>
        <Input type="email" inputMode="email" autoComplete="off" autoFocus {...form.register('email')} />
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => <RoleChoice value={field.value} onValueChange={field.onChange} />}
      />
    </FormDialog>
  )
}

function RoleChoice({ value, onValueChange }: { value: Role; onValueChange: (role: Role) => void }) {
  const { t } = useTranslation(['settings', 'app'])
  const { workspace } = useViewer()
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium" aria-hidden>
        {t('members.role')}
      </p>
      <RadioCards
        columns={1}
        label={t('members.role')}
        value={value}
        onValueChange={onValueChange}
        className="gap-2"
        options={ROLES.filter((role) => role !== 'owner' || workspace?.role === 'owner')
          .toReversed()
          .map((role) => ({ value: role, title: t(`app:roles.${role}`), text: t(`roles.says.${role}`) }))}
      />
    </div>
  )
}

function useInvite() {
  const form = useZodForm(workspaceOperations.invite.body, { email: '', role: 'operator' })
  const invite = useAction(workspaceOperations.invite, {
    invalidates: ['invitations.'],
    onProblem: (problem) => {
      if (problem.code === 'already_exists') {
        form.setError('email', { message: problem.title }, { shouldFocus: true })
        return
      }
      if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  const submit = form.handleSubmit((body) => invite.mutate({ body }))
  return { form, invite, submit }
}
