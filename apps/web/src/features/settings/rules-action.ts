import { workspaceOperations } from '@siar/contract'
import type { Workspace } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { toast } from '#ui/toast.ts'

export type RulesCardProps = { workspace: Workspace; readOnly: boolean }

/** Saves one rule of the workspace; the others stay as they are. */
export function useSaveRules(onSaved: (workspace: Workspace) => void) {
  const { t } = useTranslation('settings')
  return useAction(workspaceOperations.update, {
    invalidates: ['workspaces.'],
    onSuccess: (workspace) => {
      onSaved(workspace)
      toast.success(t('saved'))
    },
  })
}
