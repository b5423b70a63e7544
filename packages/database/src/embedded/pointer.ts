import { randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { EmbeddedError } from './embedded-error.ts'

/** What the data folder remembers of its cluster (`database.json`, readable by its owner only). */
export interface Pointer {
  /** Null: inside the data folder. */
  clusterDir: string | null
  /** The data folder it was made for: a copied folder must not open the cluster of its original. */
  dataDir: string
  password: string
  /** Whether the cluster was ever complete. When it was and is gone, nothing is started in its place. */
  initialised: boolean
  /** Only where Unix sockets are not used. */
  tcpPort?: number
}

function parsePointer(text: string, file: string): Pointer {
  try {
    const pointer = JSON.parse(text) as Partial<Pointer>
    if (pointer.clusterDir !== undefined && typeof pointer.password === 'string') return pointer as Pointer
  } catch {
    // said below
  }
  throw new EmbeddedError(`${file} is damaged. It holds the place and password of the database; restore it.`)
}

/** @returns null when the data folder has no cluster yet. @throws EmbeddedError when the file cannot be read. */
export async function readPointer(file: string): Promise<Pointer | null> {
  try {
    return parsePointer(await readFile(file, 'utf8'), file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new EmbeddedError(
      `${file} belongs to another user. Siar was started here before as that user (perhaps root); start it so again.`,
      { cause: error },
    )
  }
}

async function writeBeside(file: string, pointer: Pointer): Promise<string> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}`
  await writeFile(temporary, `${JSON.stringify(pointer, null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  })
  return temporary
}

/** Replaces the file in one step. */
export async function writePointer(file: string, pointer: Pointer): Promise<void> {
  await rename(await writeBeside(file, pointer), file)
}

/** Makes the file with a random password unless another process was first; answers what then stands there. */
export async function createPointer(
  file: string,
  place: Pick<Pointer, 'clusterDir' | 'dataDir'>,
): Promise<Pointer> {
  const pointer: Pointer = { ...place, password: randomBytes(24).toString('base64url'), initialised: false }
  const temporary = await writeBeside(file, pointer)
  try {
    await link(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
  return (await readPointer(file)) ?? pointer
}
