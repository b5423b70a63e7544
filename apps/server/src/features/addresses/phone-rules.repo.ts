import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { PhoneRules } from './read-phone.ts'

/** @throws AppError `not_found` when the workspace is gone. */
export async function getPhoneRules(scope: WorkspaceScope): Promise<PhoneRules> {
  const [row] = await scope.query<{ country: string; countries: unknown }>(
    `select country, settings->'countries' as countries from workspaces where id = $1`,
    [scope.workspaceId],
  )
  if (!row) throw new AppError('not_found')
  const countries = Array.isArray(row.countries) ? row.countries : []
  return {
    country: row.country,
    countries: new Set(countries.filter((country) => typeof country === 'string')),
  }
}
