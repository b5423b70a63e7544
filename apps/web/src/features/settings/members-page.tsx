import { workspaceOperations } from '@siar/contract'
import { ListChecks, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { RolesSheet } from './roles-sheet.tsx'

/** Who works in this workspace, what each may do, and who has been invited. */
export function MembersPage() {
  const { t } = useTranslation('settings')
  const mayManage = useCan()('members.manage')
  const [url, setUrl] = useUrlState({ invite: '', roles: '' })
  const members = useOperation(workspaceOperations.listMembers, {})
  const openInvite = () => setUrl({ invite: '1' })
  const alone = members.data?.data.length === 1
  return (
    <Page>
      <PageHeader
        title={t('members.title')}
        text={t('members.text')}
        secondary={
          <Button icon={<ListChecks aria-hidden />} onClick={() => setUrl({ roles: '1' })}>
            {t('members.roles')}
          </Button>
        }
        action={
          mayManage && (
            <Button tone="primary" icon={<UserPlus aria-hidden />} onClick={openInvite}>
              {t('members.invite')}
            </Button>
          )
        }
      />
      {members.error ? (
        <ProblemState error={members.error} onRetry={() => void members.refetch()} />
      ) : (
        <MemberTable members={members.data?.data} mayManage={mayManage} />
      )}
      {mayManage && <InvitationTable alone={alone} onInvite={openInvite} />}
      {mayManage && url.invite === '1' && <InviteDialog onClose={() => setUrl({ invite: '' })} />}
      <RolesSheet open={url.roles === '1'} onOpenChange={(open) => setUrl({ roles: open ? '1' : '' })} />
    </Page>
  )
}
