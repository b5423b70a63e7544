import type { CredentialStore } from '@siar/channel'
import { createHash } from 'node:crypto'
import { z } from 'zod'

const manifestKey = 'profile'
const partBytes = 2_000_000

const manifestSchema = z.object({
  generation: z.string().min(1).max(80),
  parts: z.int().min(0).max(1_000),
  sha256: z.string().length(64),
})

type Manifest = z.infer<typeof manifestSchema>

const partKey = (generation: string, part: number): string => `profile.${generation}.${part}`

const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

async function readManifest(credentials: CredentialStore): Promise<Manifest | null> {
  const found = (await credentials.read([manifestKey])).get(manifestKey)
  if (found === undefined) return null
  try {
    return manifestSchema.parse(JSON.parse(Buffer.from(found).toString('utf8')))
  } catch {
    return null
  }
}

/** The name of the newest archive, or null when there is none. */
export async function findGeneration(credentials: CredentialStore): Promise<string | null> {
  return (await readManifest(credentials))?.generation ?? null
}

/** Replaces the archive, all or nothing. */
export async function writeArchive(
  credentials: CredentialStore,
  generation: string,
  packed: Uint8Array,
): Promise<void> {
  const before = await readManifest(credentials)
  const entries = new Map<string, Uint8Array | null>()
  for (let part = 0; before !== null && part < before.parts; part += 1) {
    entries.set(partKey(before.generation, part), null)
  }
  const parts = Math.ceil(packed.byteLength / partBytes)
  for (let part = 0; part < parts; part += 1) {
    entries.set(partKey(generation, part), packed.subarray(part * partBytes, (part + 1) * partBytes))
  }
  const manifest: Manifest = { generation, parts, sha256: hashOf(packed) }
  entries.set(manifestKey, Buffer.from(JSON.stringify(manifest)))
  await credentials.write(entries)
}

/** @returns null when there is none, or when it is not whole. */
export async function readArchive(
  credentials: CredentialStore,
): Promise<{ readonly generation: string; readonly packed: Uint8Array } | null> {
  const manifest = await readManifest(credentials)
  if (manifest === null) return null
  const { generation, parts, sha256 } = manifest
  const keys = Array.from({ length: parts }, (_, part) => partKey(generation, part))
  const found = await credentials.read(keys)
  const packed = Buffer.concat(keys.map((key) => found.get(key) ?? Buffer.alloc(0)))
  return hashOf(packed) === sha256 ? { generation, packed } : null
}
