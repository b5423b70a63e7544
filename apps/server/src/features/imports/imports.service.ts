import type { ImportOptions } from '@siar/contract'
import { ImportOptions as importOptionsSchema } from '@siar/contract'
import type { ImportId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import type { Readable } from 'node:stream'
import type { Actor, Core, Language } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { getPhoneRules } from '../addresses/index.ts'
import { listCustomFieldRules } from '../contacts/index.ts'
import type { ImportSource } from './import-intake.ts'
import { takeFile, takeText } from './import-intake.ts'
import { resolveMapping } from './import-mapping.ts'
import type { RunOptions } from './import-runner.ts'
import { runImport } from './import-runner.ts'
import { getImport, markStarted, wrongState } from './import-start.ts'
import { importJobId, runImportJob } from './imports.jobs.ts'
import type { ImportRow } from './imports.repo.ts'
import { finishImport, listImports, listRejects, listRunningImports, removeImport } from './imports.repo.ts'
import type { Preview } from './preview-rows.ts'
import { previewRows } from './preview-rows.ts'
import { planColumns } from './read-row.ts'
import { rejectsCsv } from './rejects-csv.ts'

export interface ImportFileOptions extends RunOptions {
  /** What `start` takes; mapping and header row are the guessed ones unless told. */
  readonly options?: Partial<ImportOptions>
  /** Called with its id as soon as it can be cancelled. */
  readonly onStarted?: (id: ImportId) => void
}

export interface ImportService {
  /** Stores a file and guesses its layout; nothing is imported yet. @throws what `storeUpload` throws. */
  upload(workspaceId: WorkspaceId, actor: Actor, source: ImportSource): Promise<ImportRow>
  /** The same for pasted text: rows, or numbers in one line. */
  paste(workspaceId: WorkspaceId, actor: Actor, text: string): Promise<ImportRow>
  list(
    workspaceId: WorkspaceId,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ rows: ImportRow[]; nextCursor: string | null }>
  /** @throws AppError `not_found`. */
  get(workspaceId: WorkspaceId, id: ImportId): Promise<ImportRow>
  /** @throws AppError `not_found`, `import_mapping_invalid`, `import_emptied`. */
  preview(
    workspaceId: WorkspaceId,
    id: ImportId,
    options: Pick<ImportOptions, 'mapping' | 'hasHeader'>,
  ): Promise<Preview>
  /** Starts in the background. @throws AppError `not_found`, `import_wrong_state`, `import_mapping_invalid`. */
  start(workspaceId: WorkspaceId, actor: Actor, id: ImportId, options: ImportOptions): Promise<ImportRow>
  /** Rows already imported stay. @throws AppError `not_found`, `import_wrong_state`. */
  cancel(workspaceId: WorkspaceId, actor: Actor, id: ImportId): Promise<ImportRow>
  /** @throws AppError `not_found`, `import_wrong_state` while it runs. */
  remove(workspaceId: WorkspaceId, actor: Actor, id: ImportId): Promise<void>
  /** Rejected rows as CSV, streamed. @throws AppError `not_found`, `import_emptied`. */
  rejects(workspaceId: WorkspaceId, id: ImportId, language: Language): Promise<Readable>
  /** Runs a started import to its end in this process, see `runImport`. */
  run(workspaceId: WorkspaceId, id: ImportId, options?: RunOptions): Promise<void>
  /** Upload, start and run in one go, for the command line. @returns the import as it ended. */
  importFile(
    workspaceId: WorkspaceId,
    actor: Actor,
    source: ImportSource,
    options?: ImportFileOptions,
  ): Promise<ImportRow>
  /** Puts every import that was running back into the queue; call it when a worker starts. @returns how many. */
  resumeImports(): Promise<number>
}

const rejectPageRows = 1_000

export function createImportService(core: Core): ImportService {
  const get = async (workspaceId: WorkspaceId, id: ImportId) =>
    core.inWorkspace(workspaceId, (scope) => getImport(scope, id))
  const enqueue = (workspaceId: WorkspaceId, importId: ImportId) =>
    core.jobs.add(runImportJob, { workspaceId, importId }, { id: importJobId(workspaceId, importId) })
  return {
    upload: (workspaceId, actor, source) => takeFile(core, workspaceId, actor, source),
    paste: (workspaceId, actor, text) => takeText(core, workspaceId, actor, text),
    list: async (workspaceId, { cursor, limit }) => {
      const after = decodeCursor(cursor, ['instant', 'text'])
      const rows = await core.inWorkspace(workspaceId, (scope) => listImports(scope, after, limit + 1))
      return toPage(rows, limit, (row) => [row.createdAtText, row.id])
    },
    get,
    preview: async (workspaceId, id, { mapping, hasHeader }) => {
      const { row, plan, rules } = await core.inWorkspace(workspaceId, async (scope) => {
        const row = await getImport(scope, id)
        const fields = await listCustomFieldRules(scope)
        const resolved = resolveMapping(mapping, new Set(fields.map(({ key }) => key)))
        return { row, plan: planColumns(resolved.mapping, fields), rules: await getPhoneRules(scope) }
      })
      if (row.storageKey === '') throw new AppError('import_emptied')
      const content = await core.files.open(row.storageKey)
      return previewRows(content, row.layout, hasHeader, plan, rules).finally(() => content.destroy())
    },
    start: async (workspaceId, actor, id, options) => {
      const started = await markStarted(core, workspaceId, actor, id, options)
      await enqueue(workspaceId, id)
      return started
    },
    cancel: (workspaceId, actor, id) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const cancelled = await finishImport(scope, id, 'cancelled', null, core.now())
        if (cancelled === null) throw await wrongState(scope, id)
        await core.audit(scope, { actor, action: 'import.cancel', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'import.progress', workspaceId, id })
        return cancelled
      }),
    remove: async (workspaceId, actor, id) => {
      const storageKey = await core.inWorkspace(workspaceId, async (scope) => {
        const key = await removeImport(scope, id)
        if (key === null) throw await wrongState(scope, id)
        await core.audit(scope, { actor, action: 'import.remove', subjectId: id })
        await core.bus.publishIn(scope, { kind: 'import.progress', workspaceId, id })
        return key
      })
      await core.files.remove(storageKey)
    },
    rejects: async (workspaceId, id, language) => {
      const { layout, storageKey } = await get(workspaceId, id)
      if (storageKey === '') throw new AppError('import_emptied')
      const columns = layout.columns.map(({ header, index }) => header || `#${index + 1}`)
      return rejectsCsv(rejectPages(core, workspaceId, id), columns, language)
    },
    run: (workspaceId, id, options) => runImport(core, workspaceId, id, options),
    importFile: async (workspaceId, actor, source, { options, onStarted, ...runOptions } = {}) => {
      const { id, layout } = await takeFile(core, workspaceId, actor, source)
      const mapping = layout.columns.map(({ guess }) => guess)
      const chosen = importOptionsSchema.parse({ mapping, hasHeader: layout.hasHeader, ...options })
      await markStarted(core, workspaceId, actor, id, chosen)
      onStarted?.(id)
      await runImport(core, workspaceId, id, runOptions)
      return get(workspaceId, id)
    },
    resumeImports: async () => {
      const running = await core.inSystem(listRunningImports)
      for (const { id, workspaceId } of running) await enqueue(workspaceId, id)
      return running.length
    },
  }
}

async function* rejectPages(core: Core, workspaceId: WorkspaceId, id: ImportId) {
  let afterRow = 0
  for (;;) {
    const page = await core.inWorkspace(workspaceId, (scope) =>
      listRejects(scope, id, afterRow, rejectPageRows),
    )
    if (page.length > 0) yield page
    afterRow = page.at(-1)?.row ?? afterRow
    if (page.length < rejectPageRows) return
  }
}
