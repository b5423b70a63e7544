import { campaignOperations, contactOperations, egressOperations } from '@siar/contract'
import type { Place } from './place.ts'

/** Puts at least one row into every tenant table of a place: through the API what has a way in, by hand what a channel writes. */
export async function fillPlace(place: Place): Promise<void> {
  const { newContact, newMerge, newTag, newList, run, world } = place
  await newMerge(await newContact())
  const contactId = await newContact({ tagIds: [await newTag()], listIds: [await newList()] })
  await run(contactOperations.optOut, { params: { contactId: await newContact() }, body: {} })
  await place.newField()
  await place.newSegment()
  await place.newView()
  await place.newSuppression()
  await place.newRunningImport()
  await world.core.jobs.drain()
  await place.newTemplate({ mediaId: await place.newMedia() })
  await place.newApproval(await place.newTemplate())
  await place.newMember()
  await place.newInvitation()
  await place.newApiKey()
  const senderId = await place.newSender()
  const campaignId = await place.newRunningCampaign()
  await run(campaignOperations.create, {
    body: { name: place.name('campaign'), purpose: 'marketing' },
    headers: { 'idempotency-key': 'the-same-key-everywhere' },
  })
  await run(egressOperations.setSenderEgress, {
    params: { senderId: await place.newSender() },
    body: { kind: 'proxy', proxyId: await place.newProxy() },
  })
  await run(egressOperations.setRules, { body: { sendersPerAddress: 5, dailyCostMax: null } })
  await place.set(
    `insert into proxy_days (workspace_id, proxy_id, day, checks) select workspace_id, id, $1::date, 1 from proxies limit 1`,
    [place.world.core.now()],
  )
  await place.set(
    `insert into keyword_answers (id, workspace_id, contact_id, sender_id, address, keyword, at)
     values ($1, $2, $3, $4, $1, 'opt_out', $5)`,
    [world.core.newId('req'), place.workspaceId, contactId, senderId, world.core.now()],
  )
  await writeMessages(place, { contactId, senderId, campaignId })
  await writeClick(place, campaignId)
}

/** A link of a run that somebody followed. */
async function writeClick({ world, workspaceId, facts, set }: Place, campaignId: string): Promise<void> {
  await set(
    `insert into link_targets (workspace_id, run_id, url)
     select $1, current_run_id, $3 from campaigns where id = $2`,
    [workspaceId, campaignId, `https://${facts.marker.toLowerCase()}.example/offer`],
  )
  await set(
    `insert into clicks (id, workspace_id, run_id, recipient_id, contact_id, target_number, at)
     select $1, $2, r.run_id, r.id, r.contact_id, t.number, $4
     from recipients r join link_targets t on t.run_id = r.run_id where r.campaign_id = $3 limit 1`,
    [world.core.newId('clk'), workspaceId, campaignId, world.core.now()],
  )
}

/** What lanes and sessions write: an attempt with its receipt, a conversation with its message, a day of the sender. */
async function writeMessages(
  { world, workspaceId, facts, set }: Place,
  { contactId, senderId, campaignId }: { contactId: string; senderId: string; campaignId: string },
): Promise<void> {
  const { core } = world
  const [attemptId, conversationId] = [core.newId('msg'), core.newId('cnv')]
  const at = core.now()
  await set(
    `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at, outcome, channel_message_id)
     select $1, $2, r.id, r.run_id, $3, 1, $4, 'accepted', $1 from recipients r where r.campaign_id = $5 limit 1`,
    [attemptId, workspaceId, senderId, at, campaignId],
  )
  await set(
    `insert into receipts (workspace_id, sender_id, channel_message_id, kind, attempt_id, at)
     values ($1, $2, $3, 'delivered', $3, $4)`,
    [workspaceId, senderId, attemptId, at],
  )
  await set(
    `insert into conversations (id, workspace_id, contact_id, sender_id, unread, last_message_at) values ($1, $2, $3, $4, 1, $5)`,
    [conversationId, workspaceId, contactId, senderId, at],
  )
  await set(
    `insert into messages (id, workspace_id, conversation_id, contact_id, sender_id, direction, text, at)
     values ($1, $2, $3, $4, $5, 'in', $6, $7)`,
    [core.newId('msg'), workspaceId, conversationId, contactId, senderId, `${facts.marker} says hello`, at],
  )
  await set(
    `insert into sender_credentials (workspace_id, sender_id, kind, key, sealed) values ($1, $2, 'secret', 'token', 'x')`,
    [workspaceId, senderId],
  )
  await set(
    `insert into webhook_items (workspace_id, sender_id, key, item) values ($1, $2, 'k', to_jsonb($3::text))`,
    [workspaceId, senderId, facts.marker],
  )
  await set(`insert into retention_marks (workspace_id, kind, done_until) values ($1, 'messages', $2)`, [
    workspaceId,
    at,
  ])
  await set(
    `insert into sender_calls (id, workspace_id, sender_id, call, answer) values ($1, $2, $3, '{}', '{}')`,
    [core.newId('req'), workspaceId, senderId],
  )
  await set(`insert into sender_days (workspace_id, sender_id, day, accepted) values ($1, $2, $3::date, 1)`, [
    workspaceId,
    senderId,
    at,
  ])
}
