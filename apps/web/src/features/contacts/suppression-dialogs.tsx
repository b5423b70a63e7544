import { contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText, toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'
import { phoneText } from './phone-text.ts'
import type { SuppressionRow } from './suppression-row.ts'

/** Puts one number on the list by hand. */
export function SuppressDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const form = useZodForm(contactOperations.addSuppression.body, { phone: '', note: '' })
  const add = useAction(contactOperations.addSuppression, {
    invalidates: ['suppressions.', 'contacts.'],
    onSuccess: ({ value }) => {
      toast.success(t('suppression.added', { number: phoneText(value) }))
      onClose()
    },
    onProblem: (problem) => {
      if (problem.code === 'invalid_phone') {
        form.setError('phone', { message: problemText(problem) })
      } else if (problem.code === 'already_exists') {
        form.setError('phone', { message: t('suppression.already') })
      } else if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  return (
    <FormDialog
      onClose={onClose}
      title={t('suppression.add')}
      text={t('suppression.addText')}
      action={t('suppression.addConfirm')}
      busy={add.isPending}
      onSubmit={form.handleSubmit((body) => add.mutate({ body }))}
    >
      <Field
        label={t('fields.phone')}
        hint={t('fields.phoneHint')}
        error={fieldError(form, 'phone')}
        required
      >
        <Input {...form.register('phone')} type="tel" inputMode="tel" autoFocus autoComplete="off" />
      </Field>
      <Field label={t('suppression.note')} error={fieldError(form, 'note')} optional>
        <Input {...form.register('note')} autoComplete="off" />
      </Field>
    </FormDialog>
  )
}

const reasonLengthMin = 3

/** Takes one number off the list, with the reason why; consent does not come back by it. */
export function AllowAgainDialog({ row, onClose }: { row: SuppressionRow; onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const number = phoneText(row.value)
  const remove = useAction(contactOperations.removeSuppression, {
    invalidates: ['suppressions.', 'contacts.'],
    onSuccess: () => {
      toast.success(t('suppression.allowed', { number }))
      onClose()
    },
  })
  const isShort = reason.trim().length < reasonLengthMin
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('suppression.allowTitle', { number })}
      text={t('suppression.allowText')}
      action={t('suppression.allow')}
      busy={remove.isPending}
      onConfirm={() => {
        setTried(true)
        if (!isShort) {
          remove.mutate({ params: { suppressionId: row.id }, query: { reason: reason.trim() } })
        }
      }}
    >
      <Field
        label={t('suppression.allowReason')}
        hint={t('suppression.allowReasonHint')}
        error={tried && isShort ? t('suppression.allowReasonNeeded') : undefined}
        required
      >
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  )
}
