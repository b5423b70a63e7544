import { TAG_COLOURS, contactOperations } from '@siar/contract'
import { RadioGroup } from 'radix-ui'
import { Controller } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Field } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { fieldError, showIssues, useZodForm } from '#ui/form.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'
import { TagDot } from './tag-chip.tsx'
import type { TagColour } from './tag-chip.tsx'

/** Makes a tag: a name and a colour. */
export function TagDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('contacts')
  const form = useZodForm(contactOperations.createTag.body, { name: '', colour: 'teal' })
  const create = useAction(contactOperations.createTag, {
    invalidates: ['tags.'],
    onSuccess: (tag) => {
      toast.success(t('tags.created', { name: tag.name }))
      onClose()
    },
    onProblem: (problem) => {
      if (problem.code === 'already_exists') form.setError('name', { message: t('nameTaken') })
      else if (!showIssues(form, problem.issues)) toastProblem(problem)
    },
  })
  return (
    <FormDialog
      onClose={onClose}
      title={t('tags.new')}
      action={t('tags.create')}
      busy={create.isPending}
      onSubmit={form.handleSubmit((body) => create.mutate({ body }))}
    >
      <Field label={t('columns.name')} hint={t('tags.nameHint')} error={fieldError(form, 'name')} required>
        <Input {...form.register('name')} autoFocus autoComplete="off" />
      </Field>
      <Controller
        control={form.control}
        name="colour"
        render={({ field }) => <ColourChoice value={field.value ?? 'teal'} onChange={field.onChange} />}
      />
    </FormDialog>
  )
}

function ColourChoice({ value, onChange }: { value: TagColour; onChange: (colour: TagColour) => void }) {
  const { t } = useTranslation('contacts')
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">{t('tags.colour')}</span>
      <RadioGroup.Root
        value={value}
        onValueChange={(next) => onChange(next as TagColour)}
        aria-label={t('tags.colour')}
        className="flex flex-wrap gap-1.5"
      >
        {TAG_COLOURS.map((colour) => (
          <RadioGroup.Item
            key={colour}
            value={colour}
            aria-label={t(`tags.colours.${colour}`)}
            title={t(`tags.colours.${colour}`)}
            className="flex size-9 items-center justify-center rounded-lg border border-line hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
          >
            <TagDot colour={colour} className="size-4" />
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  )
}
