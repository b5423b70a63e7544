import type { SystemScope } from '@siar/database'
import { randomUUID } from 'node:crypto'
import { systemActor } from '../../core.ts'
import type { Core } from '../../core.ts'
import { restoredText } from '../../mail/restored-text.ts'
import type { MailContent } from '../../mail/mail-layout.ts'
import { readPlatformSettings } from '../identity/index.ts'
import { getInstallationId } from './installation-id.repo.ts'
import { judgeRestore, raisedMark } from './restore-verdict.ts'
import type { RestoreVerdict, StartMark } from './restore-verdict.ts'
import { listPlatformAdmins, stillEverything } from './restored.repo.ts'
import type { ChangedCampaign, Stilled } from './restored.repo.ts'
import { readStartMark, writeStartMarkFile } from './start-mark-file.ts'
import { lockStartMark, writeStartMark } from './start-mark.repo.ts'

const raiseEveryMs = 60_000

/** Takes mails; the mailer of the process. */
interface Post {
  post(to: string, content: MailContent): Promise<void>
}

/**
 * Sees to it that a restored backup does not send by itself.
 *
 * The database and a small file in the data folder both count on, at every start of a process that owns senders and every minute
 * of its life. A database that is behind the file, or that nobody on this machine knows and nobody has worked on for an hour, was
 * restored: everything stands still until a person lets it go on. Several processes and machines on one database do not disturb
 * each other: the count is raised under a lock, and before the file.
 */
export interface RestoreGuard {
  /** Counts once. Call it before sessions and lanes start. @returns whether the database had been restored. */
  check(): Promise<boolean>
  /** Counts every minute until `stop`. */
  watch(): void
  /** Counts a last time, so that every backup from before is known to be older. */
  stop(): Promise<void>
}

export function createRestoreGuard(core: Core, mailer: Post): RestoreGuard {
  let timer: NodeJS.Timeout | undefined
  let counting: Promise<unknown> = Promise.resolve()
  const countOn = async (): Promise<void> => {
    try {
      await check(core, mailer)
    } catch (error) {
      core.logger.warn({ err: error }, 'the start mark could not be raised')
    }
  }
  return {
    check: () => check(core, mailer),
    watch: () => {
      timer = setInterval(() => {
        counting = countOn()
      }, raiseEveryMs)
      timer.unref()
    },
    stop: async () => {
      clearInterval(timer)
      await counting
      await countOn()
    },
  }
}

interface Checked {
  readonly mark: StartMark
  readonly verdict: RestoreVerdict
  readonly stilled: Stilled | null
  readonly changed: readonly ChangedCampaign[]
}

async function check(core: Core, mailer: Post): Promise<boolean> {
  const { dataDir } = core.config
  const checked = await core.inSystem((scope) => raise(core, scope, dataDir))
  await writeStartMarkFile(dataDir, checked.mark)
  const { verdict, stilled } = checked
  if (!verdict.restored || !stilled) return false
  core.logger.error(
    { reason: verdict.reason, ...stilled },
    'this database was restored from a backup: nothing is sent until a person lets it go on',
  )
  for (const { id, workspaceId } of checked.changed) {
    await core.bus.publish({ kind: 'campaign.changed', workspaceId, id })
  }
  await tellAdmins(core, mailer, stilled)
  return true
}

async function raise(core: Core, scope: SystemScope, dataDir: string): Promise<Checked> {
  const now = core.now()
  const installationId = await getInstallationId(scope, randomUUID())
  const database = await lockStartMark(scope, installationId)
  const file = await readStartMark(dataDir)
  const verdict = judgeRestore(database, file, now)
  const before = database ?? { installationId, epoch: 1, count: 0 }
  const mark = raisedMark(before, file, verdict.restored)
  await writeStartMark(scope, mark, now)
  if (!verdict.restored) return { mark, verdict, stilled: null, changed: [] }
  const { stilled, changed } = await stillEverything(scope, now)
  await core.audit(scope, {
    actor: systemActor('restore'),
    action: 'installation.restore',
    details: { reason: verdict.reason, epoch: mark.epoch, ...stilled },
  })
  return { mark, verdict, stilled, changed }
}

/** A mail that cannot be written must not keep the process from starting. */
async function tellAdmins(core: Core, mailer: Post, stilled: Stilled): Promise<void> {
  try {
    const { productName } = await readPlatformSettings(core)
    const admins = await core.inSystem(listPlatformAdmins)
    for (const { name, email, language } of admins) {
      await mailer.post(
        email,
        restoredText({ name, language, productName, url: core.config.publicUrl, ...stilled }),
      )
    }
  } catch (error) {
    core.logger.error({ err: error }, 'the platform admins could not be told of the restore')
  }
}
