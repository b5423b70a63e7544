import type { ImportOptions } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { CustomFieldId, ImportId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { createCustomFieldIn, listCustomFieldRules } from '../contacts/index.ts'
import { resolveMapping } from './import-mapping.ts'
import type { ImportRow } from './imports.repo.ts'
import { ensureList, findGroups, findImport, startImport } from './imports.repo.ts'

/** @throws AppError `not_found`. */
export async function getImport(scope: WorkspaceScope, id: ImportId): Promise<ImportRow> {
  const row = await findImport(scope, id)
  if (row === null) throw new AppError('not_found')
  return row
}

/** Why a change of state found no row: there is no such import, or it stands elsewhere. */
export async function wrongState(scope: WorkspaceScope, id: ImportId): Promise<AppError> {
  const row = await findImport(scope, id)
  return row === null ? new AppError('not_found') : new AppError('import_wrong_state', { status: row.status })
}

/**
 * Moves an import to `running` with checked options; the new list and the new custom fields are made with it. The actor vouches
 * for the consent wording.
 *
 * @throws AppError `not_found`, `import_wrong_state`, `import_mapping_invalid`, `import_consent_unknown`, `validation_failed`.
 */
export async function markStarted(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  id: ImportId,
  options: ImportOptions,
): Promise<ImportRow> {
  return core.inWorkspace(workspaceId, async (scope) => {
    const resolved = await resolveOptions(core, scope, options)
    const stored = { ...resolved, attestedBy: { id: actor.id, name: actor.name } }
    if (options.consentWording !== '') await refuseConsent(scope, id)
    const started = await startImport(scope, id, stored, core.now())
    if (started === null) throw await wrongState(scope, id)
    await core.audit(scope, {
      actor,
      action: 'import.start',
      subjectId: id,
      details: { fileName: started.fileName },
    })
    await core.bus.publishIn(scope, { kind: 'import.progress', workspaceId, id })
    return started
  })
}

/** Whom a sender happens to know has not agreed to anything by that. */
async function refuseConsent(scope: WorkspaceScope, id: ImportId): Promise<void> {
  const row = await getImport(scope, id)
  if (row.format === 'address_book' || row.format === 'group') throw new AppError('import_consent_unknown')
}

/** Checks every id of the options, makes the new list and the new custom fields. */
async function resolveOptions(
  core: Core,
  scope: WorkspaceScope,
  options: ImportOptions,
): Promise<ImportOptions> {
  const fields = await listCustomFieldRules(scope)
  const { mapping, newLabels } = resolveMapping(options.mapping, new Set(fields.map(({ key }) => key)))
  const known = await findGroups(scope, options.listIds, options.tagIds)
  if ([...options.listIds, ...options.tagIds].some((id) => !known.has(id))) throw new AppError('not_found')
  for (const label of newLabels) {
    const id: CustomFieldId = core.newId('fld')
    await createCustomFieldIn(scope, { id, label, type: 'text', choices: [], at: core.now() })
  }
  if (options.newListName === '') return { ...options, mapping }
  const made = await ensureList(scope, { id: core.newId('lst'), name: options.newListName, at: core.now() })
  return { ...options, mapping, listIds: [...new Set([...options.listIds, made])] }
}
