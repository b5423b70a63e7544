import { AppError } from '@siar/domain'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileStore } from './file-store.ts'

/** A file store in one folder of this machine. Writes go to a temporary name and are renamed when whole. */
export function createDiskFileStore(folder: string): FileStore {
  const pathOf = (key: string): string => {
    const path = normalize(join(folder, key))
    if (!path.startsWith(normalize(folder) + sep)) throw new AppError('not_found')
    return path
  }
  return {
    write: (key, content, sizeBytesMax) => writeWhole(pathOf(key), content, sizeBytesMax),
    open: async (key, range) => {
      await requireFile(pathOf(key))
      return createReadStream(pathOf(key), range && { start: range.start, end: range.end - 1 })
    },
    read: async (key) => {
      await requireFile(pathOf(key))
      return readFile(pathOf(key))
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    removeAll: (prefix) => rm(pathOf(prefix), { recursive: true, force: true }),
  }
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new AppError('not_found')
}

async function writeWhole(path: string, content: Readable | Uint8Array, sizeBytesMax: number) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`
  const hash = createHash('sha256')
  let sizeBytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > sizeBytesMax) return done(new AppError('payload_too_large', { sizeBytesMax }))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const source = content instanceof Uint8Array ? Readable.from([Buffer.from(content)]) : content
  try {
    await pipeline(source, meter, createWriteStream(temporary, { mode: 0o600 }))
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}
