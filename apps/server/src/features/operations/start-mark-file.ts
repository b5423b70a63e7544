import { mkdir, open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FileMark, StartMark } from './restore-verdict.ts'

const fileName = 'installation.json'
/** Always as long, so that one write replaces the whole of it in place. */
const fileLength = 512

const Mark = z.object({
  installationId: z.string(),
  epoch: z.number().int(),
  count: z.number().int(),
  /** The place of the file on its disk when it was written; null where the disk does not tell. */
  place: z.object({ ino: z.string(), bornNs: z.string() }).nullable().default(null),
})

/** What this machine remembers of the installation; null when there is nothing, or nothing that can be read. */
export async function readStartMark(dataDir: string): Promise<FileMark | null> {
  const path = join(dataDir, fileName)
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { place, ...mark } = Mark.parse(JSON.parse(text))
    const found = await stat(path, { bigint: true })
    const isCopy =
      place !== null && String(found.ino) !== place.ino && String(found.birthtimeNs) !== place.bornNs
    return { ...mark, isCopy }
  } catch {
    return null
  }
}

/**
 * Writes the mark into the file in place, with where on the disk the file lies: unpacked from an archive or copied, it lies
 * elsewhere and is younger.
 */
export async function writeStartMarkFile(dataDir: string, mark: StartMark): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, fileName)
  await writeFile(path, '', { flag: 'a', mode: 0o600 })
  const file = await open(path, 'r+')
  try {
    await file.write(textOf(mark, null), 0)
    const { ino, birthtimeNs, mtimeNs } = await file.stat({ bigint: true })
    const isTold = birthtimeNs > 0n && birthtimeNs < mtimeNs
    const place = isTold ? { ino: String(ino), bornNs: String(birthtimeNs) } : null
    await file.write(textOf(mark, place), 0)
    await file.truncate(fileLength)
  } finally {
    await file.close()
  }
}

function textOf(mark: StartMark, place: { ino: string; bornNs: string } | null): string {
  return `${JSON.stringify({ ...mark, place }).padEnd(fileLength - 1)}\n`
}
