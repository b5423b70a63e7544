import { contactOperations } from '@siar/contract'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { Select } from '#ui/select.tsx'
import { Textarea } from '#ui/textarea.tsx'
import { toast } from '#ui/toast.ts'

const types = ['text', 'number', 'date', 'choice', 'yes_no'] as const
const FieldForm = z.object({
  label: contactOperations.createCustomField.body.shape.label,
  type: z.enum(types),
  choices: z.string().max(6000),
})

/** The lines of a text box as choices: trimmed, without empty and repeated ones. */
function choicesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)
}

/** Makes a field that every contact can have. */
export function CustomFieldDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const form = useZodForm(FieldForm, { label: '', type: 'text', choices: '' })
  const type = form.watch('type')
  const create = useAction(contactOperations.createCustomField, {
    invalidates: ['customFields.'],
    onSuccess: (field) => {
      toast.success(t('custom.created', { name: field.label }))
      onClose()
    },
    onProblem: (problem) => {
      if (problem.code === 'already_exists') form.setError('label', { message: t('nameTaken') })
      else if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  const submit = ({ choices, ...body }: z.output<typeof FieldForm>) => {
    const list = body.type === 'choice' ? choicesOf(choices) : []
    if (body.type === 'choice' && list.length === 0) {
      form.setError('choices', { message: t('custom.choicesNeeded') })
      return
    }
    create.mutate({ body: { ...body, choices: list } })
  }
  return (
    <FormDialog
      onClose={onClose}
      title={t('custom.new')}
      text={t('custom.newText')}
      action={t('custom.create')}
      busy={create.isPending}
      onSubmit={form.handleSubmit(submit)}
    >
      <Field
        label={t('custom.label')}
        hint={t('custom.labelHint')}
        error={fieldError(form, 'label')}
        required
      >
        <Input {...form.register('label')} autoFocus autoComplete="off" />
      </Field>
      <Field label={t('custom.type')}>
        <Controller
          control={form.control}
          name="type"
          render={({ field }) => (
            <Select
              value={field.value}
              onValueChange={field.onChange}
              options={types.map((value) => ({ value, label: t(`custom.types.${value}`) }))}
            />
          )}
        />
      </Field>
      {type === 'choice' && (
        <Field
          label={t('custom.choices')}
          hint={t('custom.choicesHint')}
          error={fieldError(form, 'choices')}
          required
        >
          <Textarea {...form.register('choices')} rows={4} />
        </Field>
      )}
    </FormDialog>
  )
}
