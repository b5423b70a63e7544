import type { WorkspaceScope } from '@siar/database'
import type { ImportId, TagId, WorkspaceId } from '@siar/domain'
import { AppError, isAppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { PhoneRules } from '../addresses/index.ts'
import { getPhoneRules } from '../addresses/index.ts'
import { listCustomFieldRules } from '../contacts/index.ts'
import { readRecords } from './decode-text.ts'
import type { BatchCounts, BatchPerson, BatchRules } from './import-batch.repo.ts'
import { advanceImport, insertRejects, lockImport, writePeople } from './import-batch.repo.ts'
import type { ImportRow } from './imports.repo.ts'
import {
  ensureTags,
  findImport,
  finishImport,
  isPassing,
  isRetryable,
  isUniqueViolation,
} from './imports.repo.ts'
import { addOtherAddresses, chooseMainAddresses } from './other-addresses.repo.ts'
import { AddressSet } from './phone-set.ts'
import type { ColumnPlan, PersonRow, ReadRow, RejectedRow } from './read-row.ts'
import { planColumns, readRow } from './read-row.ts'
import type { FileRecord } from './record-splitter.ts'

/** What an import has done so far; `total` = valid + duplicates + invalid. */
export interface ImportProgress {
  readonly rowsDone: number
  readonly rowsEstimated: number
  readonly valid: number
  readonly duplicates: number
  readonly invalid: number
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Called after each batch. */
  readonly onProgress?: (progress: ImportProgress) => void
}

const batchRowsMax = 2_000
const progressEveryMs = 500
const newTagsMax = 1_000
const batchAttemptsMax = 5

interface Run {
  readonly core: Core
  readonly workspaceId: WorkspaceId
  readonly row: ImportRow
  readonly rules: BatchRules
  readonly phoneRules: PhoneRules
  readonly plan: ColumnPlan
  readonly options: RunOptions
  /** Ids of tags by their small letters, as far as the file has named them. */
  readonly tagIds: Map<string, TagId>
  rowsDone: number
  counts: { valid: number; duplicates: number; invalid: number }
  publishedAtMs: number
}

/**
 * Runs a started import to its end, from wherever it stands.
 *
 * Every batch is one transaction that also moves `rows_done`, so a process that dies anywhere goes on exactly behind the last
 * batch, and of two processes at work on the same import one stops by itself. A broken file or mapping makes the import
 * `failed`; a database that is gone or busy throws, and calling this again continues.
 *
 * @throws The reason of `options.signal` when it was aborted; errors of the database.
 */
export async function runImport(
  core: Core,
  workspaceId: WorkspaceId,
  id: ImportId,
  options: RunOptions = {},
): Promise<void> {
  const run = await prepare(core, workspaceId, id, options)
  if (run === null) return
  try {
    if (await importRows(run)) await complete(run)
  } catch (error) {
    if (options.signal?.aborted || isPassing(error)) throw error
    core.logger.warn({ err: error, importId: id }, 'an import failed')
    await finish(run, 'failed', isAppError(error) ? error.code : 'internal')
    if (!isAppError(error)) throw error
  }
}

async function prepare(
  core: Core,
  workspaceId: WorkspaceId,
  id: ImportId,
  options: RunOptions,
): Promise<Run | null> {
  return core.inWorkspace(workspaceId, async (scope) => {
    const row = await findImport(scope, id)
    if (row?.status !== 'running' || row.options === null) return null
    const { mapping, consentWording, existing, listIds, tagIds, attestedBy } = row.options
    const rules: BatchRules = {
      existing,
      consentWording,
      listIds,
      tagIds,
      actor: attestedBy,
      importId: id,
      fileName: row.fileName,
      at: core.now(),
    }
    return {
      core,
      workspaceId,
      row,
      rules,
      phoneRules: await getPhoneRules(scope),
      plan: planColumns(mapping, await listCustomFieldRules(scope)),
      options,
      tagIds: new Map(),
      rowsDone: row.rowsDone,
      counts: { valid: row.valid, duplicates: row.duplicates, invalid: row.invalid },
      publishedAtMs: 0,
    }
  })
}

/** @returns false when the import was stopped or belongs to another process now. */
async function importRows(run: Run): Promise<boolean> {
  const { row, options } = run
  const seen = new AddressSet()
  const position = { toSkip: row.rowsDone, isHeader: row.options?.hasHeader === true }
  let batch: ReadRow[] = []
  const content = await run.core.files.open(row.storageKey)
  try {
    for await (const records of readRecords(content, row.layout)) {
      options.signal?.throwIfAborted()
      for (const record of records) {
        const read = readNext(run, position, record, seen)
        if (read === null || batch.push(read) < batchRowsMax) continue
        if (!(await writeBatch(run, batch))) return false
        batch = []
      }
    }
  } finally {
    content.destroy()
  }
  return batch.length === 0 || writeBatch(run, batch)
}

/** Reads a row that is to be written; null for the header and for what an earlier run has written. */
function readNext(
  { plan, phoneRules }: Run,
  position: { toSkip: number; isHeader: boolean },
  record: FileRecord,
  seen: AddressSet,
): ReadRow | null {
  if (position.isHeader) {
    position.isHeader = false
    return null
  }
  if (position.toSkip === 0) return readRow(record, plan, phoneRules, seen)
  position.toSkip -= 1
  readRow(record, plan, phoneRules, seen)
  return null
}

async function writeBatch(run: Run, batch: readonly ReadRow[]): Promise<boolean> {
  const people = batch.filter((row) => row.kind === 'valid')
  const rejects = batch.filter((row) => row.kind !== 'valid')
  const delta = {
    rows: batch.length,
    valid: people.length,
    duplicates: rejects.filter(({ kind }) => kind === 'duplicate').length,
    invalid: rejects.filter(({ kind }) => kind === 'invalid').length,
  }
  for (let attempt = 1; ; attempt += 1) {
    run.options.signal?.throwIfAborted()
    try {
      if (!(await writeOnce(run, people, rejects, delta))) return false
      break
    } catch (error) {
      run.tagIds.clear()
      const lostRace = isUniqueViolation(error) || isRetryable(error)
      if (!lostRace || attempt >= batchAttemptsMax) throw error
    }
  }
  run.rowsDone += delta.rows
  run.counts.valid += delta.valid
  run.counts.duplicates += delta.duplicates
  run.counts.invalid += delta.invalid
  await publishProgress(run)
  return true
}

/** The same order in every transaction, so that two imports of one workspace do not wait for each other in a circle. */
const byAddress = (a: PersonRow, b: PersonRow): number => (a.main.value < b.main.value ? -1 : 1)

async function writeOnce(
  run: Run,
  people: readonly PersonRow[],
  rejects: readonly RejectedRow[],
  delta: { rows: number; valid: number; duplicates: number; invalid: number },
): Promise<boolean> {
  const { core, workspaceId, row } = run
  return core.inWorkspace(workspaceId, async (scope) => {
    if (!(await lockImport(scope, row.id, run.rowsDone))) return false
    await learnTags(run, scope, people)
    const chosen = [...(await chooseMainAddresses(scope, people))].sort(byAddress)
    const written = chosen.map((person) => toBatchPerson(run, person))
    const counts: BatchCounts = await writePeople(scope, written, run.rules)
    await addOtherAddresses(scope, written, run.rules)
    await insertRejects(scope, row.id, rejects)
    await advanceImport(scope, row.id, { ...delta, ...counts })
    return true
  })
}

/** The main address gets the least id: among several, the first is written to. */
function toBatchPerson({ core, tagIds, rules }: Run, person: PersonRow): BatchPerson {
  const [addressId = '', ...otherAddressIds] = [person.main, ...person.others]
    .map(() => core.newId('adr'))
    .sort()
  return {
    person,
    contactId: core.newId('con'),
    addressId,
    otherAddressIds,
    consentId: rules.consentWording === '' ? '' : core.newId('cns'),
    tagIds: person.tags.map((tag) => tagIds.get(tag.toLowerCase())).filter((id) => id !== undefined),
  }
}

/**
 * Makes the tags that this batch is the first to name.
 *
 * @throws AppError `import_mapping_invalid` when the column plainly holds something else than tags.
 */
async function learnTags(run: Run, scope: WorkspaceScope, people: readonly PersonRow[]): Promise<void> {
  const unknown = new Map<string, string>()
  for (const { tags } of people) {
    for (const tag of tags) if (!run.tagIds.has(tag.toLowerCase())) unknown.set(tag.toLowerCase(), tag)
  }
  if (unknown.size === 0) return
  if (run.tagIds.size + unknown.size > newTagsMax) {
    throw new AppError('import_mapping_invalid', { reason: 'too_many_tags', tagsMax: newTagsMax })
  }
  const tags = [...unknown.values()].map((name) => ({ id: run.core.newId('tag'), name }))
  const ids = await ensureTags(scope, tags, run.core.now())
  for (const [name, id] of ids) run.tagIds.set(name, id)
}

async function publishProgress(run: Run): Promise<void> {
  const { core, workspaceId, row, options } = run
  const rowsEstimated = Math.max(row.rowsEstimated, run.rowsDone)
  options.onProgress?.({ rowsDone: run.rowsDone, rowsEstimated, ...run.counts })
  const nowMs = core.now().getTime()
  if (nowMs - run.publishedAtMs < progressEveryMs) return
  run.publishedAtMs = nowMs
  await core.bus.publish({ kind: 'import.progress', workspaceId, id: row.id })
}

async function complete(run: Run): Promise<void> {
  if (run.rowsDone === 0) return finish(run, 'failed', 'import_empty')
  return finish(run, 'completed', null)
}

async function finish(run: Run, status: 'completed' | 'failed', error: string | null): Promise<void> {
  const { core, workspaceId, row } = run
  await core.inWorkspace(workspaceId, async (scope) => {
    const finished = await finishImport(scope, row.id, status, error, core.now())
    if (finished === null) return
    await core.bus.publishIn(scope, { kind: 'import.progress', workspaceId, id: row.id })
    await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId })
  })
}
