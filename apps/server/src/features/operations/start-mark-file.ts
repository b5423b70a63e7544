import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StartMark } from './restore-verdict.ts'

const fileName = 'installation.json'

const Mark = z.object({
  installationId: z.string(),
  epoch: z.number().int(),
  count: z.number().int(),
})

/** What this machine remembers of the installation; null when there is nothing, or nothing that can be read. */
export async function readStartMark(dataDir: string): Promise<StartMark | null> {
  const text = await readFile(join(dataDir, fileName), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return Mark.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Replaces the file as a whole: a reader sees the old one or the new one. */
export async function writeStartMarkFile(dataDir: string, mark: StartMark): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, fileName)
  const fresh = `${path}.${process.pid}`
  await writeFile(fresh, `${JSON.stringify(mark)}\n`, { mode: 0o600 })
  await rename(fresh, path)
}
