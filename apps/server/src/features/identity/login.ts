import { z } from 'zod'
import type { Actor } from '../../core.ts'

/** A signed-in person: the session of this browser and its user. */
export interface Login {
  readonly sessionId: string
  readonly activeWorkspaceId: string | null
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly language: 'id' | 'en'
  readonly isPlatformAdmin: boolean
}

/** What better-auth answers for a session, as far as Siar reads it. */
const sessionShape = z
  .object({
    session: z.object({ id: z.string(), activeWorkspaceId: z.string().nullish() }),
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      language: z.enum(['id', 'en']).catch('id'),
      role: z.string().nullish(),
      banned: z.boolean().nullish(),
    }),
  })
  .nullable()

/** @returns Null without a session, and for a deactivated user whose sessions are about to go. */
export function parseLogin(answer: unknown): Login | null {
  const parsed = sessionShape.parse(answer)
  if (!parsed || parsed.user.banned === true) return null
  const { session, user } = parsed
  return {
    sessionId: session.id,
    activeWorkspaceId: session.activeWorkspaceId ?? null,
    userId: user.id,
    name: user.name,
    email: user.email,
    language: user.language,
    isPlatformAdmin: user.role === 'admin',
  }
}

/** A person outside of any workspace, for what concerns the log-in itself. */
export function userActor(user: { userId: string; name: string; isPlatformAdmin?: boolean }): Actor {
  return {
    kind: 'user',
    id: user.userId,
    name: user.name,
    role: null,
    permissions: [],
    isPlatformAdmin: user.isPlatformAdmin ?? false,
  }
}
