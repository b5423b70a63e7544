import type { BodyOf, Member, ResponseInput, workspaceOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { MemberId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { z } from 'zod'
import type { Actor, Core } from '../../core.ts'
import { requireAnotherOwner, requireMayManage } from './members.policy.ts'
import { deleteMember, findMember, listMembers, lockOwners, updateRole } from './members.repo.ts'
import type { MemberRow } from './members.repo.ts'

type Operations = typeof workspaceOperations

export interface MembersService {
  list(workspaceId: WorkspaceId): Promise<ResponseInput<Operations['listMembers']>>
  /**
   * Changes a role; it binds from the member's next request on.
   *
   * @throws AppError `forbidden` when an admin touches an owner or makes one, `last_owner` when none would be left.
   */
  update(
    workspaceId: WorkspaceId,
    actor: Actor,
    memberId: string,
    body: BodyOf<Operations['updateMember']>,
  ): Promise<ResponseInput<Operations['updateMember']>>
  /** Takes a member's access away at once; same refusals as `update`. */
  remove(workspaceId: WorkspaceId, actor: Actor, memberId: string): Promise<void>
}

export function createMembersService(core: Core): MembersService {
  return {
    list: async (workspaceId) => {
      const rows = await core.inWorkspace(workspaceId, listMembers)
      return { data: rows.map(presentMember) }
    },
    update: (workspaceId, actor, memberId, { role }) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const { member, ownerIds } = await lockMember(scope, memberId)
        requireMayManage(actor, [member.role, role])
        if (role === member.role) return presentMember(member)
        requireAnotherOwner(ownerIds, member.id)
        await updateRole(scope, member.id, role)
        const details = { userId: member.userId, from: member.role, to: role }
        await core.audit(scope, { actor, action: 'member.update', subjectId: member.id, details })
        return presentMember({ ...member, role })
      }),
    remove: (workspaceId, actor, memberId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const { member, ownerIds } = await lockMember(scope, memberId)
        requireMayManage(actor, [member.role])
        requireAnotherOwner(ownerIds, member.id)
        await deleteMember(scope, member.id)
        const details = { userId: member.userId, role: member.role }
        await core.audit(scope, { actor, action: 'member.remove', subjectId: member.id, details })
      }),
  }
}

async function lockMember(
  scope: WorkspaceScope,
  memberId: string,
): Promise<{ member: MemberRow & { id: MemberId }; ownerIds: string[] }> {
  const ownerIds = await lockOwners(scope)
  const member = await findMember(scope, memberId)
  if (!member) throw new AppError('not_found')
  return { member: { ...member, id: member.id as MemberId }, ownerIds }
}

function presentMember({ createdAt, ...row }: MemberRow): z.input<typeof Member> {
  return { ...row, createdAt: createdAt.toISOString() }
}
