import {
  closeSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { countingRecord, selectFrames } from './frame-record.ts'
import type { Frame, FrameRecord } from './frame-record.ts'

function parseLine(line: string): Frame[] {
  if (!line.endsWith('}')) return []
  try {
    return [JSON.parse(line) as Frame]
  } catch {
    return []
  }
}

function parseFrames(text: string): Frame[] {
  return text.split('\n').flatMap(parseLine)
}

/** Reads a file of frames, one JSON object a line; a line cut off by a crash is left out. */
export function readFrames(path: string): Frame[] {
  return parseFrames(readFileSync(path, 'utf8'))
}

function readBetween(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from)
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from))
}

const batchCharsMax = 64 * 1024
const newsBytesMax = 16 * 1024 * 1024
const lineEnd = 0x0a

/** Appends to a file that others may append to as well, and reads what they did. Offsets are in bytes. */
class SharedFile {
  readonly livedUntilMs: number | null
  private readonly file: number
  /** Everything before it was read, or written by this process. */
  private knownTo = 0
  /** Message ids this process wrote since `knownTo`, to tell its own lines from those of others. */
  private readonly own = new Set<string>()
  /** Bytes this process wrote since `knownTo`. */
  private ownBytes = 0

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true })
    this.file = openSync(path, 'a+', 0o600)
    const { size, mtimeMs } = fstatSync(this.file)
    this.livedUntilMs = size === 0 ? null : mtimeMs
    this.knownTo = Math.max(0, size - newsBytesMax)
    this.endCutLine(size)
  }

  write(text: string, messageIds: readonly string[]): void {
    const { size } = fstatSync(this.file)
    if (size !== this.knownTo + this.ownBytes) this.endCutLine(size)
    for (const messageId of messageIds) this.own.add(messageId)
    this.ownBytes += writeSync(this.file, text)
  }

  news(): Frame[] {
    const { size } = fstatSync(this.file)
    if (size !== this.knownTo + this.ownBytes) return this.readTo(size)
    this.knowTo(size)
    return []
  }

  beat(now: Date): void {
    futimesSync(this.file, now, now)
  }

  close(): void {
    fsyncSync(this.file)
    closeSync(this.file)
  }

  private knowTo(offset: number): void {
    this.knownTo = offset
    this.ownBytes = 0
    this.own.clear()
  }

  /** A process that is killed while it writes leaves a line without an end; the next line must not go on there. */
  private endCutLine(size: number): void {
    if (size > 0 && readBetween(this.file, size - 1, size)[0] !== lineEnd) writeSync(this.file, '\n')
  }

  /** Whole lines only: another process may be in the middle of one. */
  private readTo(size: number): Frame[] {
    const bytes = readBetween(this.file, this.knownTo, size)
    const end = bytes.lastIndexOf(lineEnd) + 1
    const frames = parseFrames(bytes.toString('utf8', 0, end)).filter(
      ({ messageId }) => !this.own.has(messageId),
    )
    if (end > 0) this.knowTo(this.knownTo + end)
    return frames
  }
}

/**
 * Appends frames to a file, one JSON object a line. Several processes may have the same file.
 *
 * Frames of one turn of the event loop are written together in one append, so what was accepted is in the operating
 * system's hands before anything else happens; a killed process loses nothing that others have heard of. `close` also
 * reaches the disk.
 */
export function createFileRecord(path: string): FrameRecord {
  const file = new SharedFile(path)
  let waiting: Frame[] = []
  let waitingChars = 0
  let isWaiting = false
  let isClosed = false
  const write = (): void => {
    isWaiting = false
    if (waiting.length === 0 || isClosed) return
    const frames = waiting
    waiting = []
    waitingChars = 0
    const text = frames.map((frame) => `${JSON.stringify(frame)}\n`).join('')
    file.write(
      text,
      frames.map(({ messageId }) => messageId),
    )
  }
  const keep = (frame: Frame): void => {
    waitingChars += 100 + frame.messageId.length
    waiting.push(frame)
    if (waitingChars > batchCharsMax) return write()
    if (isWaiting) return
    isWaiting = true
    setImmediate(write)
  }
  return {
    ...countingRecord(keep),
    list: (query) => {
      write()
      return selectFrames(readFrames(path), query)
    },
    isShared: true,
    news: () => (isClosed ? [] : file.news()),
    livedUntilMs: file.livedUntilMs,
    beat: (now) => {
      if (!isClosed) file.beat(now)
    },
    flush: async () => write(),
    close: async () => {
      if (isClosed) return
      write()
      isClosed = true
      file.close()
    },
  }
}
