import { AppError, isAppError } from '@siar/domain'
import { pipeline, Readable } from 'node:stream'
import type { Core } from '../../core.ts'
import type { DetectedFile } from './detect-file.ts'
import { nameBinary } from './detect-file.ts'
import { toShown } from './guess-table.ts'
import type { NumberedRow } from './table-text.ts'
import { toTableText } from './table-text.ts'
import { UploadProbe } from './upload-probe.ts'
import { cardHeader } from './vcard/card.ts'
import { readCards } from './vcard/read-cards.ts'
import { readWorkbook } from './xlsx/read-workbook.ts'

export interface ConvertedUpload {
  readonly storageKey: string
  readonly probe: UploadProbe
  readonly recognised: 'xlsx' | 'vcard'
  /** The sheet that was read. */
  readonly sheet: string | null
}

/** A table takes more room than the archive it came out of. */
const growthMax = 4

/**
 * Turns a stored workbook or file of vCards into a table of text beside it, row by row, so that mapping, preview, run and
 * resumption know one kind of file only.
 *
 * @throws AppError `import_unreadable` with `kind`, `payload_too_large`.
 */
export async function convertUpload(
  core: Core,
  file: { readonly storageKey: string; readonly sizeBytes: number; readonly probe: UploadProbe },
  detected: Extract<DetectedFile, { ok: true; kind: 'archive' | 'cards' }>,
): Promise<ConvertedUpload> {
  const storageKey = `${file.storageKey}.table`
  const found: { sheet: string | null } = { sheet: null }
  const source = {
    sizeBytes: file.sizeBytes,
    open: (range: { start: number; end: number }) => core.files.open(file.storageKey, range),
  }
  const rows =
    detected.kind === 'archive'
      ? rowsOfWorkbook(source, found)
      : rowsOfCards(await core.files.open(file.storageKey), detected.encoding)
  const probe = new UploadProbe()
  pipeline(Readable.from(toTableText(rows), { objectMode: false }), probe, () => undefined)
  await core.files
    .write(storageKey, probe, core.config.importSizeBytesMax * growthMax)
    .catch(async (error: unknown) => {
      throw await nameKind(error, file.probe)
    })
  return { storageKey, probe, recognised: detected.kind === 'archive' ? 'xlsx' : 'vcard', ...found }
}

async function* rowsOfWorkbook(
  source: Parameters<typeof readWorkbook>[0],
  found: { sheet: string | null },
): AsyncGenerator<readonly NumberedRow[]> {
  for await (const { sheet, rows } of readWorkbook(source)) {
    found.sheet = toShown(sheet)
    yield rows
  }
}

async function* rowsOfCards(content: Readable, encoding: string): AsyncGenerator<readonly NumberedRow[]> {
  let row = 1
  yield [{ row, cells: cardHeader }]
  for await (const cards of readCards(content, encoding)) {
    yield cards.map((cells) => ({ row: (row += 1), cells }))
  }
}

/** An archive that is no workbook is named by what it is. */
async function nameKind(error: unknown, { head }: UploadProbe): Promise<unknown> {
  if (
    !isAppError(error) ||
    error.code !== 'import_unreadable' ||
    error.details?.['reason'] !== 'broken_workbook'
  )
    return error
  return new AppError(
    'import_unreadable',
    { ...error.details, kind: await nameBinary(head) },
    { cause: error },
  )
}
