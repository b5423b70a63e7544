import { ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuItem } from '#ui/dropdown-menu.tsx'
import type { PlannedChange, UserDeed } from './user-change.tsx'
import type { UserRow } from './user-row.ts'

const icons: Record<UserDeed, typeof UserX> = {
  deactivate: UserX,
  activate: UserCheck,
  promote: ShieldCheck,
  demote: ShieldOff,
}

/** What a platform admin may do to another user; each asks first. */
export function UserMenu({ user, onPlan }: { user: UserRow; onPlan: (planned: PlannedChange) => void }) {
  const { t } = useTranslation('admin')
  const item = (deed: UserDeed): MenuItem => {
    const Icon = icons[deed]
    return {
      id: deed,
      label: t(`users.deeds.${deed}`),
      icon: <Icon aria-hidden />,
      danger: deed === 'deactivate',
      onSelect: () => onPlan({ user, deed }),
    }
  }
  return (
    <DropdownMenu
      groups={[
        { items: [item(user.isPlatformAdmin ? 'demote' : 'promote')] },
        { items: [item(user.active ? 'deactivate' : 'activate')] },
      ]}
    />
  )
}
