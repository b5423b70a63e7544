import type { WorkspaceId } from '@siar/domain'
import type { Actor, Language } from '../core.ts'

/** Who sent a request, and the workspace it acts in. */
export interface Identity {
  readonly actor: Actor
  readonly language: Language
  /** Null when the person belongs to none. */
  readonly workspaceId: WorkspaceId | null
  readonly workspaceStatus: 'active' | 'suspended' | null
}

/**
 * Tells who sent a request, from the session cookie or the API key.
 *
 * @param wantedWorkspaceId From the header `X-Siar-Workspace`; without it the active workspace of the log-in, or the
 *                          workspace of the key.
 * @returns Null when nobody is signed in, also when a key or session is expired or revoked.
 * @throws AppError `not_found` when the wanted workspace is missing or foreign.
 */
export type Authenticate = (
  headers: Headers,
  ipAddress: string,
  wantedWorkspaceId: string | null,
) => Promise<Identity | null>
