import type { WorkspaceScope } from '@siar/database'
import type { CustomFieldId, WorkspaceId } from '@siar/domain'
import { AppError, canonicalVariableName, isContactVariable, isVariableName } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import type { CustomFieldRow } from './custom-fields.repo.ts'
import { insertCustomField, listCustomFields, removeCustomField } from './custom-fields.repo.ts'
import type { CustomFieldType } from './custom-value.ts'

export type CustomFieldService = ReturnType<typeof createCustomFieldService>

export interface NewCustomField {
  readonly label: string
  readonly type: CustomFieldType
  readonly choices: readonly string[]
}

const fieldsMax = 200

/** The custom fields of a workspace, with how they read their values. */
export async function listCustomFieldRules(scope: WorkspaceScope): Promise<CustomFieldRow[]> {
  return listCustomFields(scope)
}

/**
 * Makes a custom field inside a transaction of the caller.
 *
 * @throws AppError `validation_failed` for a label that no variable may have, `already_exists`.
 */
export async function createCustomFieldIn(
  scope: WorkspaceScope,
  field: NewCustomField & { id: CustomFieldId; at: Date },
): Promise<CustomFieldRow> {
  const key = canonicalVariableName(field.label)
  if (!isVariableName(field.label) || isContactVariable(field.label)) {
    throw invalid('label', 'cannot be the name of a field')
  }
  if (field.type === 'choice' && field.choices.length === 0)
    throw invalid('choices', 'needs at least one choice')
  if ((await listCustomFields(scope)).length >= fieldsMax)
    throw invalid('label', `no more than ${fieldsMax} fields`)
  const made = await insertCustomField(scope, { ...field, key })
  if (made === null) throw new AppError('already_exists')
  return made
}

const invalid = (path: string, message: string): AppError =>
  new AppError('validation_failed', { problems: [{ path, message }] })

export function createCustomFieldService(core: Core) {
  return {
    list: (workspaceId: WorkspaceId) => core.inWorkspace(workspaceId, listCustomFields),

    /** @throws what `createCustomFieldIn` throws. */
    create: (workspaceId: WorkspaceId, actor: Actor, field: NewCustomField) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const made = await createCustomFieldIn(scope, { ...field, id: core.newId('fld'), at: core.now() })
        await core.audit(scope, { actor, action: 'custom_field.create', subjectId: made.id })
        return made
      }),

    /** Deletes the field with its value at every contact. @throws AppError `not_found`. */
    remove: (workspaceId: WorkspaceId, actor: Actor, id: CustomFieldId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const key = await removeCustomField(scope, id)
        if (key === null) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'custom_field.remove', subjectId: id, details: { key } })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
      }),
  }
}
