import { Building2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { NewWorkspaceDialog } from '../layout/new-workspace-dialog.tsx'

/** A signed-in person who is in no workspace yet: make one, or wait for an invitation. */
export function NoWorkspaceScreen() {
  const { t } = useTranslation('app')
  const [open, setOpen] = useState(false)
  return (
    <>
      <EmptyState
        size="page"
        icon={Building2}
        title={t('noWorkspace.title')}
        text={t('noWorkspace.text')}
        action={
          <Button tone="primary" onClick={() => setOpen(true)}>
            {t('workspace.create')}
          </Button>
        }
      />
      <NewWorkspaceDialog open={open} onOpenChange={setOpen} />
    </>
  )
}
