import { workspaceOperations } from '@siar/contract'
import type { Workspace } from '@siar/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { chooseWorkspace } from '#app/workspace-choice.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

/** Deletes the workspace after its name was typed; there is no way back. */
export function DeleteWorkspace({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('settings')
  const [open, setOpen] = useState(false)
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useAction(workspaceOperations.remove, {
    onSuccess: () => {
      setOpen(false)
      toast.success(t('delete.done', { name: workspace.name }))
      chooseWorkspace(null)
      client.clear()
      void navigate({ to: '/' })
    },
  })
  return (
    <Card className="border-danger/40">
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-sm font-semibold">
            {workspace.isDemo ? t('delete.titleDemo') : t('delete.title')}
          </h2>
          <p className="mt-0.5 text-xs text-pretty text-muted">
            {workspace.isDemo ? t('delete.textDemo') : t('delete.text')}
          </p>
        </div>
        <Button tone="danger-quiet" icon={<Trash2 aria-hidden />} onClick={() => setOpen(true)}>
          {t('delete.open')}
        </Button>
      </div>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        busy={remove.isPending}
        title={t('delete.confirmTitle', { name: workspace.name })}
        text={workspace.isDemo ? t('delete.textDemo') : t('delete.confirmText')}
        action={t('delete.action', { name: workspace.name })}
        phrase={workspace.name}
        onConfirm={() => remove.mutate({ body: { confirmName: workspace.name } })}
      />
    </Card>
  )
}
