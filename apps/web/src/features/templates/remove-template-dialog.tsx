import type { Template } from '@siar/contract'
import { templateOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

export type RemoveTemplateDialogProps = {
  template: Template
  onClose: () => void
  onRemoved?: () => void
}

/** Asks before a template is deleted, saying which campaigns use it. */
export function RemoveTemplateDialog({ template, onClose, onRemoved }: RemoveTemplateDialogProps) {
  const { t } = useTranslation('templates')
  const remove = useAction(templateOperations.remove, {
    invalidates: ['templates.list', 'media.'],
    onSuccess: () => {
      toast.success(t('remove.done', { name: template.name }))
      onClose()
      onRemoved?.()
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={t('remove.title', { name: template.name })}
      text={template.campaigns > 0 ? t('remove.used', { count: template.campaigns }) : t('remove.unused')}
      action={t('remove.action')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ params: { templateId: template.id } })}
    />
  )
}
