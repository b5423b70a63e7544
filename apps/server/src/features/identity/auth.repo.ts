import { account, rateLimit, session, twoFactor, user, verification } from '@siar/database'
import type { Database, SystemScope } from '@siar/database'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'

/** What better-auth reads and writes; each of its use cases is one transaction. */
export function createAuthAdapter(database: Database) {
  return drizzleAdapter(database.db, {
    provider: 'pg',
    schema: { user, session, account, verification, twoFactor, rateLimit },
    transaction: true,
  })
}

export async function isEmailTaken(scope: SystemScope, email: string): Promise<boolean> {
  const rows = await scope.query('select 1 from users where email = lower($1)', [email])
  return rows.length > 0
}

/** Also false for a user whose own transaction (the sign-up) is still open. */
export async function isUserInactive(scope: SystemScope, userId: string): Promise<boolean> {
  const rows = await scope.query('select 1 from users where id = $1 and banned', [userId])
  return rows.length > 0
}
