import { AppError } from '@siar/domain'
import { Readable } from 'node:stream'
import type { Entry, ZipFile } from 'yauzl'
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl'

/** Bytes of a stored file, from `start` up to and without `end`. */
export interface ByteSource {
  readonly sizeBytes: number
  open(range: { start: number; end: number }): Promise<Readable>
}

export interface ZipArchive {
  has(name: string): boolean
  /** @throws AppError `import_unreadable` when the entry is missing, secret, or swells beyond every measure. */
  read(name: string): Promise<Readable>
  close(): void
}

const entriesMax = 10_000
const inflatedBytesMax = 2 * 1024 ** 3
const swellingMax = 250
/** Small entries may swell: a few kilobytes of empty rows are no attack. */
const swellingAllowedBytes = 8 * 1024 ** 2

/**
 * Opens an archive without unpacking it. Names are compared without regard to case. What an entry claims to hold is checked
 * before it is read, and what comes out of it is checked against the claim (by yauzl), so a zip bomb costs nothing.
 *
 * @throws AppError `import_unreadable`; errors of yauzl for what is no archive.
 */
export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.sizeBytes, {
    lazyEntries: true,
    autoClose: false,
  })
  const entries = await listEntries(zip).catch((error: unknown) => {
    zip.close()
    throw error
  })
  let inflatedBytes = 0
  return {
    has: (name) => entries.has(name.toLowerCase()),
    read: async (name) => {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw new AppError('import_unreadable', { reason: 'broken_workbook' })
      if (entry.isEncrypted()) throw new AppError('import_unreadable', { reason: 'password' })
      inflatedBytes += entry.uncompressedSize
      if (isBomb(entry) || inflatedBytes > inflatedBytesMax) {
        throw new AppError('import_unreadable', { reason: 'too_large_inside' })
      }
      return zip.openReadStreamPromise(entry)
    },
    close: () => zip.close(),
  }
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > entriesMax) throw new AppError('import_unreadable', { reason: 'too_large_inside' })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
  return entries
}

const isBomb = ({ uncompressedSize, compressedSize }: Entry): boolean =>
  uncompressedSize > swellingAllowedBytes && uncompressedSize > compressedSize * swellingMax

class SourceReader extends RandomAccessReader {
  private readonly source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readRange(this.source, start, end), { objectMode: false })
  }
}

async function* readRange(source: ByteSource, start: number, end: number): AsyncGenerator<Buffer> {
  if (end <= start) return
  for await (const bytes of await source.open({ start, end })) yield bytes as Buffer
}
