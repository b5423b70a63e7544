import type { Readable } from 'node:stream'

/** From `start` up to and without `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Keeps uploaded bytes under keys. Keys begin with the workspace, so one workspace never reaches another's files. */
export interface FileStore {
  /**
   * Stores a whole stream under a key; a file that breaks off half way leaves nothing behind.
   * @throws AppError `payload_too_large` beyond `sizeBytesMax`.
   */
  write(
    key: string,
    content: Readable | Uint8Array,
    sizeBytesMax: number,
  ): Promise<{ sizeBytes: number; sha256: string }>
  /** @param range Not empty; the whole file without it. @throws AppError `not_found` when there is no such file. */
  open(key: string, range?: ByteRange): Promise<Readable>
  read(key: string): Promise<Uint8Array>
  remove(key: string): Promise<void>
  /** Removes everything under a prefix, such as a workspace's folder. */
  removeAll(prefix: string): Promise<void>
}

/** One file of a form, still on its way; read it to the end or not at all. */
export interface UploadedFile {
  readonly fileName: string
  readonly mimeType: string
  readonly content: Readable
}
