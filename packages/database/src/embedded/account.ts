import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'

/** The user that PostgreSQL runs as, when that is not the user of this process. */
export interface Account {
  uid: number
  gid: number
  name: string
}

const run = promisify(execFile)

async function findAccount(matches: (account: Account) => boolean): Promise<Account | null> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const line of text.split('\n')) {
    const [name = '', , uid = '', gid = ''] = line.split(':')
    const account = { name, uid: Number(uid), gid: Number(gid) }
    if (uid !== '' && matches(account)) return account
  }
  return null
}

/** useradd on most systems, adduser of BusyBox on Alpine. */
const creators: readonly (readonly [string, readonly string[]])[] = [
  [
    'useradd',
    ['--system', '--no-create-home', '--home-dir', '/var/lib/siar', '--shell', '/usr/sbin/nologin', 'siar'],
  ],
  ['adduser', ['-S', '-D', '-H', '-h', '/var/lib/siar', '-s', '/sbin/nologin', 'siar']],
]

async function createAccount(): Promise<Account> {
  const failures: unknown[] = []
  for (const [program, args] of creators) {
    await run(program, [...args]).catch((error: unknown) => failures.push(error))
    const account = await findAccount(({ name }) => name === 'siar')
    if (account) return account
  }
  throw new EmbeddedError(
    'PostgreSQL refuses to run as root, and the user "siar" could not be made. ' +
      'Make it (useradd --system siar), run Siar as an ordinary user, or set DATABASE_URL.',
    { cause: failures[0] },
  )
}

function assertKnownUser(): void {
  try {
    userInfo()
  } catch (error) {
    throw new EmbeddedError(
      `The user id ${process.getuid?.() ?? ''} has no entry in /etc/passwd, and PostgreSQL cannot start a database without one. ` +
        'Run Siar as a user that exists, or set DATABASE_URL.',
      { cause: error },
    )
  }
}

/**
 * Chooses whom PostgreSQL runs as: null for this very user; as root the owner of the cluster, else `siar`, else
 * `postgres`, else `siar` is made.
 *
 * @param ownerUid Owner of the cluster when there is one.
 * @throws EmbeddedError when there is no such user.
 */
export async function chooseAccount(ownerUid: number | null): Promise<Account | null> {
  if (process.platform === 'win32') return null
  if (process.getuid?.() !== 0) {
    assertKnownUser()
    return null
  }
  if (ownerUid !== null && ownerUid !== 0) {
    const owner = await findAccount(({ uid }) => uid === ownerUid)
    if (owner) return owner
    throw new EmbeddedError(`The database belongs to user id ${ownerUid}, which has no entry in /etc/passwd.`)
  }
  return (
    (await findAccount(({ name, uid }) => name === 'siar' && uid !== 0)) ??
    (await findAccount(({ name, uid }) => name === 'postgres' && uid !== 0)) ??
    (await createAccount())
  )
}
