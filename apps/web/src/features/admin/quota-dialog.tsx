import { adminOperations } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { toast } from '#ui/toast.ts'
import type { WorkspaceRow } from './workspace-row.ts'

const quotaMax = 2_000_000_000

/** Sets how many campaign messages a workspace may send in a calendar month; an empty field lifts the limit. */
export function QuotaDialog({ row, onClose }: { row: WorkspaceRow; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'ui'])
  const [text, setText] = useState(row.messageQuota === null ? '' : String(row.messageQuota))
  const messageQuota = text === '' ? null : Number(text)
  const tooBig = messageQuota !== null && messageQuota > quotaMax
  const change = useAction(adminOperations.updateWorkspace, {
    invalidates: ['admin.listWorkspaces'],
    onSuccess: () => {
      toast.success(t('admin:quota.saved', { name: row.name }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('admin:quota.title', { name: row.name })}
      text={t('admin:quota.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button
            tone="primary"
            busy={change.isPending}
            disabled={tooBig || messageQuota === row.messageQuota}
            onClick={() => change.mutate({ params: { workspaceId: row.id }, body: { messageQuota } })}
          >
            {t('admin:quota.save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('admin:quota.label')}
        hint={messageQuota === 0 ? t('admin:quota.zero') : t('admin:quota.hint')}
        error={tooBig && t('ui:invalid.tooBig', { count: quotaMax })}
      >
        <Input
          inputMode="numeric"
          maxLength={10}
          value={text}
          placeholder={t('admin:quota.none')}
          onChange={(event) => setText(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
    </Dialog>
  )
}
