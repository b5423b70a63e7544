import { installationSettings } from '@siar/database'
import type { SystemScope } from '@siar/database'
import { and, eq, sql } from 'drizzle-orm'

/** Rows of `installation_settings`: one JSON value under each key. */
export async function findSetting(scope: SystemScope, key: string): Promise<unknown> {
  const [row] = await scope.db.select().from(installationSettings).where(eq(installationSettings.key, key))
  return row?.value ?? null
}

export async function writeSetting(scope: SystemScope, key: string, value: unknown, at: Date): Promise<void> {
  await scope.db
    .insert(installationSettings)
    .values({ key, value, updatedAt: at })
    .onConflictDoUpdate({ target: installationSettings.key, set: { value, updatedAt: at } })
}

/** Takes a value away that has these parts; of several takers at once only one gets it. */
export async function takeSetting(scope: SystemScope, key: string, part: object): Promise<unknown> {
  const [row] = await scope.db
    .delete(installationSettings)
    .where(
      and(
        eq(installationSettings.key, key),
        sql`${installationSettings.value} @> ${JSON.stringify(part)}::jsonb`,
      ),
    )
    .returning()
  return row?.value ?? null
}
