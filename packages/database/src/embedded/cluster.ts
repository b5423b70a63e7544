import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './embedded-error.ts'
import { makePrivateDir, type Place } from './place.ts'

const run = promisify(execFile)

/** Who may connect: over the Unix socket (TCP to this machine on Windows), always with the password. */
const accessRules =
  process.platform === 'win32' ? 'host all all 127.0.0.1/32 scram-sha-256\n' : 'local all all scram-sha-256\n'

/** How a program of PostgreSQL is started: as its user, in a folder that this user can enter, in plain English. */
export function spawnOptions({ account, layout }: Place) {
  return {
    cwd: layout.inside ? layout.dataDir : layout.baseDir,
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }),
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  }
}

async function runInitdb(place: Place, programDir: string, workDir: string): Promise<void> {
  const passwordFile = join(workDir, 'password')
  await writeFile(passwordFile, place.pointer.password, { mode: 0o600 })
  if (place.account) await chown(passwordFile, place.account.uid, place.account.gid)
  const args = [
    ...['-D', join(workDir, 'cluster'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]
  try {
    await run(join(programDir, 'bin', 'initdb'), args, spawnOptions(place))
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    throw new EmbeddedError(`PostgreSQL could not make its cluster in ${workDir}: ${stderr.trim()}`, {
      cause: error,
    })
  }
}

/**
 * Makes the cluster unless it stands: under another name, then renamed, so that a half-made one never counts.
 *
 * @throws EmbeddedError when it fails, or the cluster is of another major version of PostgreSQL.
 */
export async function ensureCluster(place: Place, binaries: Binaries, programDir: string): Promise<void> {
  const { clusterDir, baseDir } = place.layout
  const standing = await readClusterVersion(clusterDir)
  if (standing === binaries.major) return
  if (standing !== null) {
    throw new EmbeddedError(
      `The database in ${clusterDir} is of PostgreSQL ${standing}, and this Siar brings ${binaries.major}. ` +
        'Start the older Siar, make a backup, and restore it with this one.',
    )
  }
  await mkdir(baseDir, { recursive: true })
  const workDir = join(baseDir, `.new-${randomUUID().slice(0, 8)}`)
  try {
    await makePrivateDir(workDir, place.account)
    await runInitdb(place, programDir, workDir)
    await writeFile(join(workDir, 'cluster', 'pg_hba.conf'), accessRules)
    await rename(join(workDir, 'cluster'), clusterDir)
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
}

/** Major version of a complete cluster, such as `18`; null when there is none. */
export async function readClusterVersion(clusterDir: string): Promise<string | null> {
  return readFile(join(clusterDir, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  )
}
