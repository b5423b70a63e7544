import { adminOperations } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { toast } from '#ui/toast.ts'
import type { UserRow } from './user-row.ts'

export type UserDeed = 'activate' | 'deactivate' | 'promote' | 'demote'
export type PlannedChange = { user: UserRow; deed: UserDeed }

const bodies = {
  activate: { active: true },
  deactivate: { active: false },
  promote: { isPlatformAdmin: true },
  demote: { isPlatformAdmin: false },
} as const

/** Asks before a user is switched on or off, or made an admin of the installation, and says what follows. */
export function UserChange({ planned, onClose }: { planned: PlannedChange | null; onClose: () => void }) {
  const { t } = useTranslation('admin')
  const change = useAction(adminOperations.updateUser, {
    invalidates: ['admin.listUsers'],
    onSuccess: ({ name }) => {
      if (planned) toast.success(t(`users.did.${planned.deed}`, { name }))
      onClose()
    },
  })
  if (!planned) return null
  const { user, deed } = planned
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger={deed === 'deactivate'}
      busy={change.isPending}
      title={t(`users.ask.${deed}`, { name: user.name })}
      text={t(`users.follows.${deed}`)}
      action={t(`users.act.${deed}`, { name: user.name })}
      onConfirm={() => change.mutate({ params: { userId: user.id }, body: bodies[deed] })}
    />
  )
}
