import { ROLES, workspaceOperations } from '@siar/contract'
import type { Role } from '@siar/contract'
import { UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationOutput } from '#app/operation.ts'
import { useAction } from '#app/query.ts'
import { useViewer } from '#app/viewer.ts'
import { Avatar } from '#ui/avatar.tsx'
import { Badge } from '#ui/badge.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import { DateTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'

export type MemberRow = OperationOutput<typeof workspaceOperations.listMembers>['data'][number]

type Props = { members: readonly MemberRow[] | undefined; mayManage: boolean }

/** Members with their role; whoever may, changes a role in place or removes a member after a question. */
export function MemberTable({ members, mayManage }: Props) {
  const { t } = useTranslation('settings')
  const { me, workspace } = useViewer()
  const [leaving, setLeaving] = useState<MemberRow | null>(null)
  // An admin may not touch owners; nobody changes or removes themselves here.
  const mayTouch = (member: MemberRow) =>
    mayManage && member.userId !== me.id && (workspace?.role === 'owner' || member.role !== 'owner')
  return (
    <>
      <Table
        label={t('members.title')}
        rows={members}
        skeletonRows={3}
        rowKey={(member) => member.id}
        columns={[
          {
            id: 'name',
            header: t('members.name'),
            primary: true,
            cell: (member) => <MemberName member={member} isMe={member.userId === me.id} />,
          },
          {
            id: 'role',
            header: t('members.role'),
            width: '11rem',
            cell: (member) => <MemberRole member={member} mayChange={mayTouch(member)} />,
          },
          {
            id: 'since',
            header: t('members.since'),
            width: '9rem',
            from: 'md',
            cell: (member) => <DateTime at={member.createdAt} show="date" />,
          },
          {
            id: 'actions',
            header: '',
            menu: true,
            cell: (member) =>
              mayTouch(member) && (
                <DropdownMenu
                  groups={[
                    {
                      items: [
                        {
                          id: 'remove',
                          label: t('members.remove'),
                          icon: <UserMinus aria-hidden />,
                          danger: true,
                          onSelect: () => setLeaving(member),
                        },
                      ],
                    },
                  ]}
                />
              ),
          },
        ]}
      />
      <RemoveMember member={leaving} onClose={() => setLeaving(null)} />
    </>
  )
}

function MemberName({ member, isMe }: { member: MemberRow; isMe: boolean }) {
  const { t } = useTranslation('settings')
  return (
    <span className="flex min-w-0 items-center gap-3 py-1">
      <Avatar name={member.name} />
      <span className="min-w-0">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{member.name}</span>
          {isMe && <Badge>{t('members.you')}</Badge>}
        </span>
        <span className="block text-xs font-normal break-all text-subtle">{member.email}</span>
      </span>
    </span>
  )
}

function MemberRole({ member, mayChange }: { member: MemberRow; mayChange: boolean }) {
  const { t } = useTranslation(['settings', 'app'])
  const { workspace } = useViewer()
  const change = useAction(workspaceOperations.updateMember, {
    invalidates: ['members.', 'audit.'],
    onSuccess: ({ name, role }) =>
      toast.success(t('members.roleChanged', { name, role: t(`app:roles.${role}`) })),
  })
  if (!mayChange) return <span className="text-muted">{t(`app:roles.${member.role}`)}</span>
  const shown = change.isPending ? change.variables.body.role : member.role
  return (
    <Select<Role>
      size="sm"
      label={t('members.roleOf', { name: member.name })}
      value={shown}
      disabled={change.isPending}
      onValueChange={(role) => change.mutate({ params: { memberId: member.id }, body: { role } })}
      options={ROLES.map((role) => ({
        value: role,
        label: t(`app:roles.${role}`),
        hint: t(`roles.says.${role}`),
        disabled: role === 'owner' && workspace?.role !== 'owner',
      }))}
      className="w-36"
    />
  )
}

function RemoveMember({ member, onClose }: { member: MemberRow | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const remove = useAction(workspaceOperations.removeMember, {
    invalidates: ['members.'],
    onSuccess: () => {
      toast.success(t('members.removed', { name: member?.name ?? '' }))
      onClose()
    },
  })
  if (!member) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger
      busy={remove.isPending}
      title={t('members.removeTitle', { name: member.name })}
      text={t('members.removeText', { name: member.name })}
      action={t('members.removeAction', { name: member.name })}
      onConfirm={() => remove.mutate({ params: { memberId: member.id } })}
    />
  )
}
