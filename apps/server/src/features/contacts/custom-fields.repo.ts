import type { WorkspaceScope } from '@siar/database'
import type { CustomFieldId } from '@siar/domain'
import type { CustomFieldRule, CustomFieldType } from './custom-value.ts'

export interface CustomFieldRow extends CustomFieldRule {
  readonly id: string
  readonly label: string
}

export async function listCustomFields(scope: WorkspaceScope): Promise<CustomFieldRow[]> {
  return scope.query<CustomFieldRow>(
    `select id, key, label, type, choices from custom_fields where workspace_id = $1 order by created_at, id`,
    [scope.workspaceId],
  )
}

/** Null when a field of this key is there already. */
export async function insertCustomField(
  scope: WorkspaceScope,
  field: {
    id: CustomFieldId
    key: string
    label: string
    type: CustomFieldType
    choices: readonly string[]
    at: Date
  },
): Promise<CustomFieldRow | null> {
  const rows = await scope.query<CustomFieldRow>(
    `insert into custom_fields (workspace_id, id, key, label, type, choices, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, key) do nothing returning id, key, label, type, choices`,
    [
      scope.workspaceId,
      field.id,
      field.key,
      field.label,
      field.type,
      JSON.stringify(field.choices),
      field.at,
    ],
  )
  return rows[0] ?? null
}

/** Removes a field and its value at every contact; answers its key, or null when there is no such field. */
export async function removeCustomField(scope: WorkspaceScope, id: CustomFieldId): Promise<string | null> {
  const [field] = await scope.query<{ key: string }>(
    `delete from custom_fields where workspace_id = $1 and id = $2 returning key`,
    [scope.workspaceId, id],
  )
  if (!field) return null
  await scope.execute(
    `update contacts set custom = custom - $2::text where workspace_id = $1 and custom ? $2::text`,
    [scope.workspaceId, field.key],
  )
  return field.key
}
