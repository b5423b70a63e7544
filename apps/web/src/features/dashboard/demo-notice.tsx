import { workspaceOperations } from '@siar/contract'
import { FlaskConical, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan, useViewer } from '#app/viewer.ts'
import { chooseWorkspace } from '#app/workspace-choice.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'

/** Marks the seeded demo and lets its owner remove it; nothing in any other workspace. */
export function DemoNotice() {
  const { t } = useTranslation('dashboard')
  const { workspace } = useViewer()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const remove = useAction(workspaceOperations.remove, {
    onSuccess: () => {
      toast.success(t('demo.removed'))
      chooseWorkspace(null)
    },
    invalidates: ['identity.getMe'],
  })
  if (!workspace?.isDemo) return null
  return (
    <section className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed border-line-strong bg-surface px-5 py-4">
      <FlaskConical className="size-5 shrink-0 text-warn-ink" aria-hidden />
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="text-sm font-semibold">{t('demo.title')}</h2>
        <p className="mt-0.5 text-xs text-pretty text-muted">{t('demo.text')}</p>
      </div>
      {can('workspace.own') && (
        <Button size="sm" tone="danger-quiet" icon={<Trash2 aria-hidden />} onClick={() => setAsking(true)}>
          {t('demo.remove')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        danger
        title={t('demo.confirm.title', { name: workspace.name })}
        text={t('demo.confirm.text')}
        action={t('demo.confirm.action')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ body: { confirmName: workspace.name } })}
      />
    </section>
  )
}
