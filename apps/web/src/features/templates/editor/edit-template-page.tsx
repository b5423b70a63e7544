import type { Template } from '@siar/contract'
import { templateOperations } from '@siar/contract'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Copy, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuItem } from '#ui/dropdown-menu.tsx'
import { SkeletonPage } from '#ui/skeleton.tsx'
import { toast } from '#ui/toast.ts'
import { ApprovalCard } from '../approval/approval-card.tsx'
import { RemoveTemplateDialog } from '../remove-template-dialog.tsx'
import { bodyOf, draftOf } from './template-draft.ts'
import { TemplateEditor } from './template-editor.tsx'

/** Changes a template; runs that have started keep the text they had. */
export function EditTemplatePage() {
  const { templateId }: { templateId?: string } = useParams({ strict: false })
  const template = useOperation(templateOperations.get, { params: { templateId: templateId ?? '' } })
  if (template.error && !template.data) {
    return <ProblemState error={template.error} onRetry={() => void template.refetch()} size="page" />
  }
  if (!template.data) return <SkeletonPage />
  return <Editing key={template.data.id} template={template.data} />
}

function Editing({ template }: { template: Template }) {
  const { t } = useTranslation('templates')
  const can = useCan()
  const navigate = useNavigate()
  const done = useRef(false)
  const [removing, setRemoving] = useState(false)
  const [saved, setSaved] = useState(() => draftOf(template))
  const update = useAction(templateOperations.update, {
    invalidates: ['templates.', 'media.'],
    onSuccess: () => toast.success(t('save.done')),
  })
  const items: MenuItem[] = [
    ...(can('templates.write')
      ? [
          {
            id: 'copy',
            label: t('duplicate'),
            icon: <Copy aria-hidden />,
            onSelect: () => void navigate({ to: '/templates/new', search: { from: template.id } }),
          },
        ]
      : []),
    ...(can('data.delete')
      ? [
          {
            id: 'remove',
            label: t('remove.action'),
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => setRemoving(true),
          },
        ]
      : []),
  ]
  return (
    <>
      <TemplateEditor
        title={template.name}
        start={draftOf(template)}
        saved={saved}
        template={template}
        canWrite={can('templates.write')}
        busy={update.isPending}
        onSave={(draft) =>
          update.mutate(
            { params: { templateId: template.id }, body: bodyOf(draft) },
            { onSuccess: () => setSaved(draft) },
          )
        }
        mayLeave={() => done.current}
        below={(isUnsaved) => <ApprovalCard template={template} isUnsaved={isUnsaved} />}
        menu={items.length > 0 && <DropdownMenu groups={[{ items }]} />}
      />
      {removing && (
        <RemoveTemplateDialog
          template={template}
          onClose={() => setRemoving(false)}
          onRemoved={() => {
            done.current = true
            void navigate({ to: '/templates' })
          }}
        />
      )}
    </>
  )
}
