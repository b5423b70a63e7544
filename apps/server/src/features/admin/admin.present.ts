import type { adminOperations, OutboxMail, PlatformUser, ResponseInput } from '@siar/contract'
import type { z } from 'zod'
import type { UserRow, WorkspaceRow } from './admin.repo.ts'

export function presentUser({ createdAt, ...row }: UserRow): z.input<typeof PlatformUser> {
  return { ...row, createdAt: createdAt.toISOString() }
}

type WorkspaceLine = ResponseInput<typeof adminOperations.listWorkspaces>['data'][number]

export function presentWorkspaceLine({ createdAt, ...row }: WorkspaceRow): WorkspaceLine {
  return { ...row, createdAt: createdAt.toISOString() }
}

interface KeptMail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly createdAt: Date
}

export function presentMail({ createdAt, ...mail }: KeptMail): z.input<typeof OutboxMail> {
  return { ...mail, createdAt: createdAt.toISOString() }
}
