import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import type { ProfileFile } from './profile-files.ts'

/** A profile that unpacks to more is not one of ours. */
const unpackedBytesMax = 1_000_000_000

export async function packProfile(files: readonly ProfileFile[]): Promise<Buffer> {
  const tar = pack()
  for (const { path: name, data } of files) tar.entry({ name, mode: 0o600, mtime: new Date(0) }, data)
  tar.finalize()
  return promisify(gzip)(await buffer(tar))
}

function isInside(name: string): boolean {
  return (
    name !== '' && !path.posix.isAbsolute(name) && !name.split('/').includes('..') && !name.includes('\\')
  )
}

/**
 * Writes a packed profile into an empty folder; folders 0700, files 0600.
 *
 * @throws Error on anything that is no packed profile.
 */
export async function unpackProfile(packed: Uint8Array, folder: string): Promise<void> {
  const tar = extract()
  tar.end(await promisify(gunzip)(packed, { maxOutputLength: unpackedBytesMax }))
  for await (const entry of tar) {
    const { name, type } = entry.header
    if (type !== 'file' || !isInside(name)) throw new Error('The packed profile holds what no profile holds')
    const target = path.join(folder, name)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    await writeFile(target, await buffer(entry), { mode: 0o600 })
  }
}
