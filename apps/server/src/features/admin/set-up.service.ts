import type { BodyOf, identityOperations, ResponseInput } from '@siar/contract'
import type { SystemScope } from '@siar/database'
import type { UserId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Core } from '../../core.ts'
import {
  createAccount,
  findPlatformSettings,
  findSetting,
  takeSetting,
  userActor,
  writeSetting,
} from '../identity/index.ts'
import type { Auth } from '../identity/index.ts'
import { adoptOwnerless, makeWorkspace } from '../workspaces/index.ts'
import { isSetUp } from './set-up.repo.ts'

const linkKey = 'set_up_link'
const validForMs = 24 * 60 * 60_000
const linkShape = z.object({ tokenHash: z.string(), expiresAt: z.iso.datetime() })

type Operations = typeof identityOperations

export interface SetUpLink {
  /** Opens the dashboard's set-up page; whoever has it becomes the platform admin. */
  readonly url: string
  readonly expiresAt: Date
}

/**
 * Makes a new one-time set-up link, valid for 24 hours; an older one ends. Only the token's hash is stored.
 *
 * @returns Null once the first platform admin exists.
 */
export async function createSetUpLink(core: Core): Promise<SetUpLink | null> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(core.now().getTime() + validForMs)
  return core.inSystem(async (scope) => {
    if (await isSetUp(scope)) return null
    const link = { tokenHash: hashToken(token), expiresAt: expiresAt.toISOString() }
    await writeSetting(scope, linkKey, link, core.now())
    return { url: `${core.config.publicUrl}/set-up?token=${token}`, expiresAt }
  })
}

export interface SetUpService {
  getState(): Promise<ResponseInput<Operations['getSetUp']>>
  /**
   * Makes the first platform admin and a first workspace, and hands over the workspaces that have no owner. Of several
   * at once one wins.
   *
   * @throws AppError `set_up_done` when there is an admin, `set_up_link_invalid` for a wrong or old token.
   */
  complete(body: BodyOf<Operations['completeSetUp']>): Promise<ResponseInput<Operations['completeSetUp']>>
}

/** @param onFirstAdmin Runs in the transaction of the set-up, after the workspaces were handed over. */
export function createSetUpService(
  core: Core,
  auth: Auth,
  onFirstAdmin: (scope: SystemScope, userId: UserId) => Promise<void> = async () => undefined,
): SetUpService {
  return {
    getState: () =>
      core.inSystem(async (scope) => {
        const { signUpOpen, productName } = await findPlatformSettings(scope)
        return { needed: !(await isSetUp(scope)), signUpOpen, productName }
      }),
    complete: async ({ token, name, email, password, workspaceName, language }) => {
      const tokenHash = hashToken(token)
      await core.inSystem(async (scope) =>
        requireLink(core, scope, await findSetting(scope, linkKey), tokenHash),
      )
      const passwordHash = await auth.hashPassword(password)
      return core.inSystem(async (scope) => {
        await requireLink(core, scope, await takeSetting(scope, linkKey, { tokenHash }), tokenHash)
        const person = { name, email, passwordHash, language, isPlatformAdmin: true }
        const userId = await createAccount(core, scope, person)
        const actor = userActor({ userId, name, isPlatformAdmin: true })
        await core.audit(scope, { actor, action: 'set_up.complete', subjectId: userId })
        const { id: workspaceId } = await makeWorkspace(core, scope, actor, { name: workspaceName, language })
        await adoptOwnerless(core, scope, actor)
        await onFirstAdmin(scope, userId)
        return { userId, workspaceId }
      })
    },
  }
}

async function requireLink(
  core: Core,
  scope: SystemScope,
  stored: unknown,
  tokenHash: string,
): Promise<void> {
  if (await isSetUp(scope)) throw new AppError('set_up_done')
  const link = linkShape.safeParse(stored)
  const fits = link.success && link.data.tokenHash === tokenHash && new Date(link.data.expiresAt) > core.now()
  if (!fits) throw new AppError('set_up_link_invalid')
}

/** Comparing hashes tells nothing about the token, however long it takes. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
