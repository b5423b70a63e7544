import type { ImportLayout } from '@siar/contract'
import type { ImportId, WorkspaceId } from '@siar/domain'
import { AppError, isAppError } from '@siar/domain'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import type { Core } from '../../core.ts'
import { createTextDecoding } from './decode-text.ts'
import { detectText } from './detect-text.ts'
import type { GuessContext } from './guess-layout.ts'
import { guessLayout } from './guess-layout.ts'
import { columnsMax } from './record-splitter.ts'
import { UploadProbe } from './upload-probe.ts'

export interface StoredUpload {
  readonly storageKey: string
  readonly sizeBytes: number
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
 * Stores a file of contacts and finds out what it looks like. A file that is refused or breaks off leaves nothing behind.
 *
 * @throws AppError `payload_too_large`; `bad_request` when the upload broke off; `import_unreadable` with `kind` when it is
 *         not a table of text; `import_empty` without rows.
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
    return { storageKey, sizeBytes, ...(await describeUpload(probe, context)) }
  } catch (error) {
    await core.files.remove(storageKey)
    throw error
  }
}

async function describeUpload(
  probe: UploadProbe,
  context: GuessContext,
): Promise<Pick<StoredUpload, 'layout' | 'rowsEstimated'>> {
  const { head } = probe
  if (head.length === 0) throw new AppError('import_empty')
  const detected = await detectText(head, probe.isUtf8)
  if (!detected.ok) throw new AppError('import_unreadable', { reason: detected.kind, kind: detected.kind })
  const decoding = createTextDecoding(detected.encoding)
  const text = decoding.write(head) + (probe.isWholeFile ? decoding.end() : '')
  const { dataRows, ...guessed } = guessLayout(text, probe.isWholeFile, context)
  if (dataRows === 0) throw new AppError('import_empty')
  if (guessed.columns.length > columnsMax) {
    throw new AppError('import_unreadable', { reason: 'too_many_columns', columnsMax })
  }
  const rowsEstimated = Math.max(dataRows, probe.lines - (guessed.hasHeader ? 1 : 0))
  return { layout: { encoding: detected.encoding, ...guessed, columns: [...guessed.columns] }, rowsEstimated }
}
