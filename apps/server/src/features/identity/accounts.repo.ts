import { account, isUniqueViolation, user } from '@siar/database'
import type { SystemScope } from '@siar/database'
import { AppError } from '@siar/domain'

export interface NewAccount {
  readonly userId: string
  readonly accountId: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly language: 'id' | 'en'
  readonly isPlatformAdmin: boolean
  readonly at: Date
}

/** @throws AppError `already_exists` when the address has an account, also when another request just made it. */
export async function insertAccount(scope: SystemScope, fresh: NewAccount): Promise<void> {
  const { userId, accountId, name, passwordHash, language, isPlatformAdmin, at } = fresh
  const times = { createdAt: at, updatedAt: at }
  const role = isPlatformAdmin ? 'admin' : 'user'
  try {
    await scope.db.insert(user).values({
      id: userId,
      name,
      email: normalEmail(fresh.email),
      emailVerified: true,
      role,
      language,
      ...times,
    })
  } catch (error) {
    if (isUniqueViolation(error))
      throw new AppError('already_exists', { reason: 'this e-mail has an account' })
    throw error
  }
  await scope.db.insert(account).values({
    id: accountId,
    accountId: userId,
    providerId: 'credential',
    userId,
    password: passwordHash,
    ...times,
  })
}

export interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: 'id' | 'en'
}

export async function findUserByEmail(scope: SystemScope, email: string): Promise<UserRow | null> {
  const [row] = await scope.query<UserRow>('select id, name, email, language from users where email = $1', [
    normalEmail(email),
  ])
  return row ?? null
}

export async function findFirstAdminId(scope: SystemScope): Promise<string | null> {
  const [row] = await scope.query<{ id: string }>(
    `select id from users where role = 'admin' and banned is not true order by created_at, id limit 1`,
  )
  return row?.id ?? null
}

/** Addresses are compared as better-auth stores them. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}
