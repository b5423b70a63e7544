import type { SystemScope } from '@siar/database'

/** What stands still after a restore, for the audit log and for people. */
export interface Stilled {
  readonly campaignsHalted: number
  readonly campaignsAsking: number
  readonly sendersHalted: number
  readonly attemptsInDoubt: number
}

export interface ChangedCampaign {
  readonly id: string
  readonly workspaceId: string
}

/**
 * Stills everything that would send by itself, in every workspace: running campaigns are halted, scheduled ones ask, no sender
 * sends marketing. What was on its way when the backup was made may have arrived since: it becomes `unknown` and is not sent
 * again, also where the channel would show its id only once.
 */
export async function stillEverything(
  scope: SystemScope,
  now: Date,
): Promise<{ stilled: Stilled; changed: ChangedCampaign[] }> {
  const halt = { reason: 'restored', since: now.toISOString(), until: null, alarm: null }
  const runHalt = JSON.stringify({ ...halt, senderId: null, senderName: null })
  const halted = await scope.query<ChangedCampaign>(
    `update campaigns set status = 'halted', status_reason = 'restored', updated_at = $1 where status = 'running'
     returning id, workspace_id as "workspaceId"`,
    [now],
  )
  await scope.execute(`update runs set status = 'halted', halt = $1::jsonb where status = 'running'`, [
    runHalt,
  ])
  const asking = await scope.query<ChangedCampaign>(
    `update campaigns set status = 'overdue', status_reason = 'restored', updated_at = $1 where status = 'scheduled'
     returning id, workspace_id as "workspaceId"`,
    [now],
  )
  const sendersHalted = await scope.execute(
    `update senders set halt = $1::jsonb || jsonb_build_object('senderId', id, 'senderName', name) where halt is null`,
    [JSON.stringify(halt)],
  )
  const attemptsInDoubt = await doubtAttempts(scope, now)
  const stilled = {
    campaignsHalted: halted.length,
    campaignsAsking: asking.length,
    sendersHalted,
    attemptsInDoubt,
  }
  return { stilled, changed: [...halted, ...asking] }
}

/** The reason is what tells the crash rules that an open attempt comes from a backup. */
async function doubtAttempts(scope: SystemScope, now: Date): Promise<number> {
  const open = await scope.execute(`update attempts set reason = 'restored' where outcome is null`)
  await scope.execute(
    `update recipients r set status = 'dispatching', due_at = null, updated_at = $1
     from attempts a where a.outcome is null and r.message_id = a.id and r.status = 'queued'`,
    [now],
  )
  return open
}

export interface PlatformAdmin {
  readonly name: string
  readonly email: string
  readonly language: 'id' | 'en'
}

export async function listPlatformAdmins(scope: SystemScope): Promise<PlatformAdmin[]> {
  return scope.query<PlatformAdmin>(
    `select name, email, coalesce(language, 'id') as language from users where role = 'admin' and banned is not true
     order by id limit 20`,
  )
}
