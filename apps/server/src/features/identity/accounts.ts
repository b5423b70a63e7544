import type { SystemScope } from '@siar/database'
import type { UserId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { insertAccount } from './accounts.repo.ts'
import type { NewAccount } from './accounts.repo.ts'

/** A person whose address counts as proved: the first admin, and those who came by an invitation. */
export type ProvedPerson = Pick<
  NewAccount,
  'name' | 'email' | 'passwordHash' | 'language' | 'isPlatformAdmin'
>

/**
 * Makes a user who may sign in with a password, in the transaction of what brought the person here.
 *
 * @param person.passwordHash From `Auth.hashPassword`, made before the transaction because it is slow.
 * @throws AppError `already_exists` when the address has an account.
 */
export async function createAccount(core: Core, scope: SystemScope, person: ProvedPerson): Promise<UserId> {
  const userId = core.newId('usr')
  await insertAccount(scope, { ...person, userId, accountId: core.newId('acc'), at: core.now() })
  return userId
}
