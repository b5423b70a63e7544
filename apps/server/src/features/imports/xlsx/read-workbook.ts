import { AppError, isAppError } from '@siar/domain'
import { posix } from 'node:path'
import { rowLengthMax } from '../record-splitter.ts'
import type { NumberStyle } from './cell-value.ts'
import { styleOfFormat, unescapeText } from './cell-value.ts'
import { attributeOf, readWholeXml } from './read-xml.ts'
import type { SheetContext, SheetRow } from './sheet-rows.ts'
import { readSheet } from './sheet-rows.ts'
import { StringTable } from './string-table.ts'
import type { ByteSource, ZipArchive } from './zip-archive.ts'
import { openZip } from './zip-archive.ts'

/** Rows of one sheet, in groups, with the name of that sheet. */
export interface SheetRows {
  readonly sheet: string
  readonly rows: readonly SheetRow[]
}

/**
 * The rows of the first sheet that holds any, those in view before hidden ones. Formulas count as the value they had when
 * the workbook was saved.
 *
 * Memory is bounded by the texts that cells share (256 MB), whatever the archive claims.
 *
 * @throws AppError `import_unreadable` with `reason`: `broken_workbook`, `password`, `too_large_inside`, `too_many_columns`.
 */
export async function* readWorkbook(source: ByteSource): AsyncGenerator<SheetRows> {
  let archive: ZipArchive | null = null
  try {
    archive = await openZip(source)
    yield* readFirstSheet(archive)
  } catch (error) {
    throw isAppError(error)
      ? error
      : new AppError('import_unreadable', { reason: 'broken_workbook' }, { cause: error })
  } finally {
    archive?.close()
  }
}

async function* readFirstSheet(archive: ZipArchive): AsyncGenerator<SheetRows> {
  const path = (await readRelations(archive, '')).find(({ type }) => type === 'officeDocument')?.target
  const { sheets, from1904 } = await readOutline(archive, path ?? 'xl/workbook.xml')
  const relations = await readRelations(archive, path ?? 'xl/workbook.xml')
  const targetOf = (kind: string) => relations.find(({ type }) => type === kind)?.target
  const context: SheetContext = {
    from1904,
    strings: await readStrings(archive, targetOf('sharedStrings')),
    styles: await readStyles(archive, targetOf('styles')),
  }
  for (const { name, relationId } of sheets) {
    const relation = relations.find(({ id, type }) => id === relationId && type === 'worksheet')
    if (!relation) continue
    let hasRows = false
    for await (const rows of readSheet(await archive.read(relation.target), context)) {
      hasRows = true
      yield { sheet: name, rows }
    }
    if (hasRows) return
  }
}

interface Relation {
  readonly id: string
  /** Last word of its address, which is the same in both editions of the format. */
  readonly type: string
  readonly target: string
}

/** What a part refers to; '' is the archive itself. */
async function readRelations(archive: ZipArchive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const relations: Relation[] = []
  if (!archive.has(name)) return relations
  await readWholeXml(await archive.read(name), {
    open: (tag, { Id: id, Type: type, Target: target }) => {
      if (tag !== 'Relationship' || id === undefined || type === undefined || target === undefined) return
      const path = posix.join(target.startsWith('/') ? '' : folder, target).replace(/^\/+/, '')
      relations.push({ id, type: type.split('/').at(-1) ?? '', target: path })
    },
  })
  return relations
}

async function readOutline(archive: ZipArchive, path: string) {
  const sheets: { name: string; relationId: string | undefined; isHidden: boolean }[] = []
  let from1904 = false
  await readWholeXml(await archive.read(path), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (tag !== 'sheet') return
      const { name = '', state = 'visible' } = attributes
      sheets.push({ name, relationId: attributeOf(attributes, 'id'), isHidden: state !== 'visible' })
    },
  })
  if (sheets.length === 0) throw new AppError('import_unreadable', { reason: 'broken_workbook' })
  return { sheets: sheets.sort((a, b) => Number(a.isHidden) - Number(b.isHidden)), from1904 }
}

async function readStrings(archive: ZipArchive, path: string | undefined): Promise<StringTable> {
  const strings = new StringTable()
  if (path === undefined || !archive.has(path)) return strings
  let text = ''
  let isCapturing = false
  let isAside = false
  await readWholeXml(await archive.read(path), {
    open: (tag) => {
      if (tag === 'si') text = ''
      else if (tag === 'rPh') isAside = true
      else if (tag === 't') isCapturing = !isAside
    },
    text: (piece) => {
      if (isCapturing && text.length <= rowLengthMax) text += piece.slice(0, rowLengthMax + 1)
    },
    close: (tag) => {
      if (tag === 't') isCapturing = false
      else if (tag === 'rPh') isAside = false
      else if (tag === 'si') strings.add(unescapeText(text))
    },
  })
  return strings
}

async function readStyles(archive: ZipArchive, path: string | undefined): Promise<NumberStyle[]> {
  const styles: NumberStyle[] = []
  if (path === undefined || !archive.has(path)) return styles
  const codes = new Map<number, string>()
  let isInCells = false
  await readWholeXml(await archive.read(path), {
    open: (tag, { numFmtId, formatCode }) => {
      const id = Number(numFmtId ?? 0)
      if (tag === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode)
      else if (tag === 'cellXfs') isInCells = true
      else if (tag === 'xf' && isInCells) styles.push(styleOfFormat(id, codes.get(id)))
    },
    close: (tag) => {
      if (tag === 'cellXfs') isInCells = false
    },
  })
  return styles
}
