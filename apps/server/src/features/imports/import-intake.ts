import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import { Readable } from 'node:stream'
import type { Actor, Core } from '../../core.ts'
import { getPhoneRules } from '../addresses/index.ts'
import { listCustomFieldRules } from '../contacts/index.ts'
import type { ImportFormat, ImportRow, NewImport } from './imports.repo.ts'
import { insertImport } from './imports.repo.ts'
import { spreadPastedNumbers } from './pasted-text.ts'
import { openUpload, storeTable, storeUpload } from './store-upload.ts'

/** A file as it arrives; `content` is read to its end or destroyed. */
export interface ImportSource {
  readonly fileName: string
  readonly content: Readable
}

const fileNameLengthMax = 200

/** Stores a file and guesses its layout; nothing is imported yet. @throws what `storeUpload` throws. */
export async function takeFile(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  source: ImportSource,
  format: ImportFormat = /\.txt$/i.test(source.fileName) ? 'txt' : 'csv',
): Promise<ImportRow> {
  const id = core.newId('imp')
  const probe = openUpload(source.content)
  const context = await core.inWorkspace(workspaceId, readGuessContext).catch((error: unknown) => {
    probe.destroy()
    throw error
  })
  const { recognised, ...stored } = await storeUpload(core, workspaceId, id, probe, context)
  return keep(core, workspaceId, actor, {
    id,
    fileName: tidyFileName(source.fileName),
    format: format === 'paste' ? format : (recognised ?? format),
    ...stored,
  })
}

/** Stores people a sender knows as a file would be; nothing is imported yet. @throws AppError `import_empty`. */
export async function takeRows(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  source: {
    readonly name: string
    readonly format: ImportFormat
    readonly rows: readonly (readonly string[])[]
    readonly guesses: readonly string[]
  },
): Promise<ImportRow> {
  const id = core.newId('imp')
  const { recognised: _, ...stored } = await storeTable(core, workspaceId, id, source.rows, source.guesses)
  return keep(core, workspaceId, actor, {
    id,
    fileName: tidyFileName(source.name),
    format: source.format,
    ...stored,
  })
}

async function keep(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  stored: Omit<NewImport, 'createdBy' | 'at'>,
): Promise<ImportRow> {
  const row = { ...stored, createdBy: actor.id, at: core.now() }
  return core
    .inWorkspace(workspaceId, (scope) => insertImport(scope, row))
    .catch(async (error: unknown) => {
      await core.files.remove(stored.storageKey)
      throw error
    })
}

/** The same for pasted text: rows, or numbers in one line. */
export async function takeText(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  text: string,
): Promise<ImportRow> {
  const content = Readable.from([Buffer.from(spreadPastedNumbers(text))])
  return takeFile(core, workspaceId, actor, { fileName: 'paste.txt', content }, 'paste')
}

async function readGuessContext(scope: WorkspaceScope) {
  const { country } = await getPhoneRules(scope)
  return { country, customFields: await listCustomFieldRules(scope) }
}

/** The last part of a path, without what no file system shows. */
function tidyFileName(fileName: string): string {
  const name = fileName.split(/[\\/]/).at(-1) ?? ''
  return (
    name
      .replace(/\p{Cc}/gu, '')
      .toWellFormed()
      .trim()
      .slice(0, fileNameLengthMax) || 'contacts.csv'
  )
}
