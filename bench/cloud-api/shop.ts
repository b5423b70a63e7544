import { workspace } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../apps/server/src/core.ts'
import { createSenderCredentials } from '../../apps/server/src/features/senders/index.ts'
import { insertPeople, insertTemplate, startCampaigns } from '../campaign-throughput/shop.ts'
import { accessToken, app, number, wabaId } from './meta.ts'

export interface OfficialShop {
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  /** Starts the campaign; everybody is queued when it resolves. */
  start(): Promise<void>
}

/** A shop with one number on Cloud API and people who all wrote to it today, so that free text may go to each. */
export async function buildOfficialShop(
  core: Core,
  people: number,
  messagesPerSecond: number,
): Promise<OfficialShop> {
  const { database } = core
  const workspaceId = core.newId('ws')
  const settings = { quietHours: { enabled: false, from: '21:00', to: '07:00' } }
  await database.db.insert(workspace).values({ id: workspaceId, name: 'Bench', slug: workspaceId, settings })
  const senderId = core.newId('snd')
  const cloudApi = { phoneNumberId: number.id, wabaId, messagesPerSecond }
  await database.pool.query(
    `insert into senders (id, workspace_id, name, channel, phone, status, wanted, shard, settings, account, paired_at, secrets_at)
     values ($1, $2, 'Resmi', 'cloud_api', $3, 'online', true, 7, $4, $5, now(), now())`,
    [senderId, workspaceId, number.phone, JSON.stringify({ cloud_api: cloudApi }), number.id],
  )
  const secrets = { accessToken, appSecret: app.secret, verifyToken: app.verifyToken }
  await core.inWorkspace(workspaceId, (scope) =>
    createSenderCredentials(core).saveSecrets(scope, { workspaceId, senderId }, secrets),
  )
  await insertPeople(database, workspaceId, { recipients: people, campaigns: 1 })
  await database.pool.query(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
     select 'cnv_' || right(id, 32), workspace_id, id, $2, now(), now() from contacts where workspace_id = $1`,
    [workspaceId, senderId],
  )
  const templateId = await insertTemplate(core, workspaceId)
  await database.pool.query('vacuum analyze')
  return {
    workspaceId,
    senderId,
    start: async () => {
      await startCampaigns(core, workspaceId, templateId)
    },
  }
}
