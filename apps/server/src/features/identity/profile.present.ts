import type { LoginSession, Me } from '@siar/contract'
import { permissionsOf } from '@siar/contract'
import type { z } from 'zod'
import type { LoginSessionRow, MembershipOfUser, ProfileRow } from './profile.repo.ts'

export function presentMe(
  profile: ProfileRow,
  memberships: readonly MembershipOfUser[],
  activeWorkspaceId: string | null,
): z.input<typeof Me> {
  const { role, twoFactorEnabled, ...rest } = profile
  const active = memberships.find(({ id }) => id === activeWorkspaceId) ?? memberships[0]
  return {
    ...rest,
    isPlatformAdmin: role === 'admin',
    twoFactorEnabled: twoFactorEnabled === true,
    workspaces: memberships.map((one) => ({ ...one, permissions: permissionsOf(one.role) })),
    activeWorkspaceId: active?.id ?? null,
  }
}

export function presentLoginSession(row: LoginSessionRow, currentId: string): z.input<typeof LoginSession> {
  const { id, ipAddress, userAgent, createdAt, expiresAt } = row
  return {
    id,
    current: id === currentId,
    ipAddress: ipAddress === '' ? null : ipAddress,
    userAgent: userAgent === '' ? null : userAgent,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
