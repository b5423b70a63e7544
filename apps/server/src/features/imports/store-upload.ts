import type { ImportLayout } from '@siar/contract'
import type { ImportId, WorkspaceId } from '@siar/domain'
import { AppError, isAppError } from '@siar/domain'
import { pipeline, Readable } from 'node:stream'
import type { Core } from '../../core.ts'
import { isGoogleExport } from './column-words.ts'
import { convertUpload } from './convert-upload.ts'
import { createTextDecoding } from './decode-text.ts'
import { detectFile } from './detect-file.ts'
import type { GuessedLayout } from './guess-layout.ts'
import { guessColumns, guessLayout } from './guess-layout.ts'
import type { GuessContext } from './guess-context.ts'
import { columnsMax } from './record-splitter.ts'
import { tableLayout, toTableLine } from './table-text.ts'
import { UploadProbe } from './upload-probe.ts'

export interface StoredUpload {
  readonly storageKey: string
  readonly sizeBytes: number
  /** What it was recognised as; null for a table of text like any other. */
  readonly recognised: 'xlsx' | 'vcard' | 'google' | null
  readonly layout: ImportLayout
  readonly rowsEstimated: number
}

export function importFileKey(workspaceId: WorkspaceId, id: ImportId): string {
  return `${workspaceId}/imports/${id}`
}

/**
 * Takes hold of an upload at once, so that one that breaks off before anybody reads it hurts nobody. Nothing flows until the
 * answer is read.
 */
export function openUpload(content: Readable): UploadProbe {
  const probe = new UploadProbe()
  pipeline(content, probe, () => undefined)
  return probe
}

/**
 * Stores a file of contacts and finds out what it looks like. A workbook or vCards are turned into a table of text first and
 * kept as that. A file that is refused or breaks off leaves nothing behind.
 *
 * @throws AppError `payload_too_large`; `bad_request` when the upload broke off; `import_unreadable` with `kind` when it
 *         holds no contacts that can be read; `import_empty` without rows.
 */
export async function storeUpload(
  core: Core,
  workspaceId: WorkspaceId,
  id: ImportId,
  probe: UploadProbe,
  context: GuessContext,
): Promise<StoredUpload> {
  const storageKey = importFileKey(workspaceId, id)
  const { sizeBytes } = await core.files
    .write(storageKey, probe, core.config.importSizeBytesMax)
    .catch((error: unknown) => {
      throw isAppError(error)
        ? error
        : new AppError('bad_request', { reason: 'upload_incomplete' }, { cause: error })
    })
  try {
    return await describeUpload(core, { storageKey, sizeBytes, probe }, context)
  } catch (error) {
    await core.files.remove(storageKey)
    throw error
  }
}

interface Written {
  readonly storageKey: string
  readonly sizeBytes: number
  readonly probe: UploadProbe
}

async function describeUpload(core: Core, written: Written, context: GuessContext): Promise<StoredUpload> {
  const { storageKey, sizeBytes, probe } = written
  const { head } = probe
  if (head.length === 0) throw new AppError('import_empty')
  const detected = await detectFile(head, probe.isUtf8)
  if (!detected.ok) throw new AppError('import_unreadable', { reason: detected.kind, kind: detected.kind })
  if (detected.kind === 'text') {
    const { encoding } = detected
    const guessed = guessLayout(textOf(probe, encoding), probe.isWholeFile, context)
    const isGoogle = guessed.hasHeader && isGoogleExport(guessed.columns.map(({ header }) => header))
    return {
      storageKey,
      sizeBytes,
      recognised: isGoogle ? 'google' : null,
      ...describe(probe, encoding, guessed),
    }
  }
  const converted = await convertUpload(core, written, detected)
  try {
    const { layout, rowsEstimated } = describeTable(converted.probe, context)
    const { sheet, recognised } = converted
    const described = sheet === null ? layout : { ...layout, sheet }
    await core.files.remove(storageKey)
    return { storageKey: converted.storageKey, sizeBytes, recognised, layout: described, rowsEstimated }
  } catch (error) {
    await core.files.remove(converted.storageKey)
    throw error
  }
}

/**
 * Stores rows that come from elsewhere than a file, as the table that a file would have become. `guesses` says what the
 * columns hold; the first row names them.
 *
 * @throws AppError `import_empty` without a second row, `payload_too_large`.
 */
export async function storeTable(
  core: Core,
  workspaceId: WorkspaceId,
  id: ImportId,
  rows: readonly (readonly string[])[],
  guesses: readonly string[],
): Promise<StoredUpload> {
  const storageKey = importFileKey(workspaceId, id)
  const probe = openUpload(Readable.from(rows.map((cells) => Buffer.from(toTableLine(cells)))))
  const { sizeBytes } = await core.files.write(storageKey, probe, core.config.importSizeBytesMax)
  try {
    const { layout, rowsEstimated } = describeTable(probe, { country: '', customFields: [] })
    const columns = layout.columns.map((column, index) => ({ ...column, guess: guesses[index] ?? 'ignore' }))
    return {
      storageKey,
      sizeBytes,
      recognised: null,
      layout: { ...layout, hasHeader: true, columns },
      rowsEstimated,
    }
  } catch (error) {
    await core.files.remove(storageKey)
    throw error
  }
}

function describeTable(
  probe: UploadProbe,
  context: GuessContext,
): Pick<StoredUpload, 'layout' | 'rowsEstimated'> {
  const { encoding, delimiter } = tableLayout
  const guessed = guessColumns(textOf(probe, encoding), probe.isWholeFile, delimiter, context)
  return describe(probe, encoding, { delimiter, ...guessed })
}

function textOf(probe: UploadProbe, encoding: string): string {
  const decoding = createTextDecoding(encoding)
  return decoding.write(probe.head) + (probe.isWholeFile ? decoding.end() : '')
}

function describe(
  probe: UploadProbe,
  encoding: string,
  { dataRows, ...guessed }: GuessedLayout,
): Pick<StoredUpload, 'layout' | 'rowsEstimated'> {
  if (dataRows === 0) throw new AppError('import_empty')
  if (guessed.columns.length > columnsMax) {
    throw new AppError('import_unreadable', { reason: 'too_many_columns', columnsMax })
  }
  const rowsEstimated = Math.max(dataRows, probe.lines - (guessed.hasHeader ? 1 : 0))
  return { layout: { encoding, ...guessed, columns: [...guessed.columns] }, rowsEstimated }
}
