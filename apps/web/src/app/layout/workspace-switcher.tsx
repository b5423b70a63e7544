import { shellOperations } from '../shell-operations.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { useAction } from '../query.ts'
import { useViewer } from '../viewer.ts'
import { chooseWorkspace } from '../workspace-choice.ts'
import { NewWorkspaceDialog } from './new-workspace-dialog.tsx'

/** Shows the workspace one works in; switching forgets what was loaded of the other. */
export function WorkspaceSwitcher() {
  const { t } = useTranslation('app')
  const { me, workspace } = useViewer()
  const [creating, setCreating] = useState(false)
  const client = useQueryClient()
  const navigate = useNavigate()
  const remember = useAction(shellOperations.updateMe, { onProblem: () => undefined })
  const go = (id: string) => {
    chooseWorkspace(id)
    remember.mutate({ body: { activeWorkspaceId: id } })
    void client.invalidateQueries()
    void navigate({ to: '/' })
  }
  return (
    <>
      <DropdownMenu
        align="start"
        className="w-64"
        trigger={
          <button
            type="button"
            className="flex h-11 min-w-0 flex-1 items-center gap-2 rounded-lg px-2 text-left transition-colors hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-semibold">
                {workspace?.name ?? t('workspace.none')}
              </span>
              {workspace && (
                <span className="block truncate text-xs text-subtle">{t(`roles.${workspace.role}`)}</span>
              )}
            </span>
            <span className="sr-only">{t('workspace.switch')}</span>
            <ChevronsUpDown className="size-4 shrink-0 text-subtle" aria-hidden />
          </button>
        }
        groups={[
          {
            label: t('workspace.all'),
            items: me.workspaces.map((item) => ({
              id: item.id,
              label: item.name,
              hint: item.isDemo ? t('workspace.demo') : t(`roles.${item.role}`),
              checked: item.id === workspace?.id,
              onSelect: () => go(item.id),
            })),
          },
          {
            items: [
              {
                id: 'new',
                label: t('workspace.create'),
                icon: <Plus aria-hidden />,
                onSelect: () => setCreating(true),
              },
            ],
          },
        ]}
      />
      <NewWorkspaceDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
