import type { WorkspaceScope } from '@siar/database'
import { noMemory } from '@siar/domain'
import type { GuardianMemory, HaltFacts, Harm, HarmCounts } from '@siar/domain'

interface HarmRow {
  readonly accepted: number
  readonly blocks: number
  readonly opt_outs: number
  readonly turned_away: number
  readonly wrong_numbers: number
  readonly ripe: number
  readonly missing: number
}

const columns = `coalesce(sum(d.accepted), 0)::int as accepted, coalesce(sum(d.blocks), 0)::int as blocks,
  coalesce(sum(d.opt_outs), 0)::int as opt_outs, coalesce(sum(d.turned_away), 0)::int as turned_away,
  coalesce(sum(d.wrong_numbers), 0)::int as wrong_numbers, coalesce(sum(d.ripe), 0)::int as ripe,
  coalesce(sum(d.missing), 0)::int as missing`

/** People are counted among accepted messages, refusals among all that were tried, missing ones among those that had time. */
function toHarmCounts(row: HarmRow): HarmCounts {
  const tried = row.accepted + row.turned_away + row.wrong_numbers
  return {
    block: { harmed: row.blocks, messages: row.accepted },
    opt_out: { harmed: row.opt_outs, messages: row.accepted },
    refused: { harmed: row.turned_away, messages: tried },
    wrong_number: { harmed: row.wrong_numbers, messages: tried },
    missing: { harmed: row.missing, messages: row.ripe },
  }
}

/**
 * What senders met over a stretch of days, together. Days on which the guardian halted a sender are left out when asked:
 * they are no part of what is usual.
 *
 * @param from Day of the workspace, `2026-11-20`, included. @param to Included.
 */
export async function findSenderHarm(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  days: { readonly from: string; readonly to: string; readonly withoutHalted: boolean },
): Promise<HarmCounts> {
  const [row] = await scope.query<HarmRow>(
    `select ${columns} from sender_days d join senders s on s.id = d.sender_id
     where d.sender_id = any($1::text[]) and d.day between $2::date and $3::date
       and not ($4::boolean and coalesce(s.guardian -> 'haltedDays' ? d.day::text, false))`,
    [[...senderIds], days.from, days.to, days.withoutHalted],
  )
  return toHarmCounts(row as HarmRow)
}

export interface GuardedSender {
  readonly id: string
  readonly name: string
  readonly halt: HaltFacts | null
  readonly memory: GuardianMemory
}

/** A sender as the guardian sees it, or null; with `lock` for a change. */
export async function findGuardedSender(
  scope: WorkspaceScope,
  senderId: string,
  lock = false,
): Promise<GuardedSender | null> {
  const [row] = await scope.query<Omit<GuardedSender, 'memory'> & { guardian: GuardianMemory | null }>(
    `select id, name, halt, guardian from senders where id = $1 ${lock ? 'for update' : ''}`,
    [senderId],
  )
  return row ? { id: row.id, name: row.name, halt: row.halt, memory: row.guardian ?? noMemory } : null
}

/** @returns false when it was halted already: then nothing changed. */
export async function haltSenderRow(
  scope: WorkspaceScope,
  senderId: string,
  halt: HaltFacts,
  memory: GuardianMemory,
): Promise<boolean> {
  const changed = await scope.execute(
    `update senders set halt = $2::jsonb, guardian = $3::jsonb, updated_at = $4 where id = $1 and halt is null`,
    [senderId, JSON.stringify(halt), JSON.stringify(memory), new Date(halt.since)],
  )
  return changed > 0
}

export async function releaseSenderRow(
  scope: WorkspaceScope,
  senderId: string,
  memory: GuardianMemory,
  now: Date,
): Promise<void> {
  await scope.execute('update senders set halt = null, guardian = $2::jsonb, updated_at = $3 where id = $1', [
    senderId,
    JSON.stringify(memory),
    now,
  ])
}

/**
 * Harm by a message from before the last release does not count against what came after: it goes to what the count
 * begins from. Does nothing for a message since then.
 */
export async function forgiveSender(
  scope: WorkspaceScope,
  senderId: string,
  harm: Harm,
  acceptedAt: Date,
): Promise<void> {
  await scope.execute(
    `update senders set guardian = jsonb_set(guardian, array['countsFrom', 'counts', $2, 'harmed'],
       to_jsonb(coalesce((guardian #>> array['countsFrom', 'counts', $2, 'harmed'])::int, 0) + 1))
     where id = $1 and (guardian #>> '{countsFrom,at}')::timestamptz > $3`,
    [senderId, harm, acceptedAt],
  )
}

/** WhatsApp lets this number only answer until then; an earlier end never shortens a later one. @returns the end. */
export async function lockNewChats(scope: WorkspaceScope, senderId: string, until: Date): Promise<Date> {
  const [row] = await scope.query<{ until: Date }>(
    `update senders set new_chats_locked_until = greatest(new_chats_locked_until, $2) where id = $1
     returning new_chats_locked_until as until`,
    [senderId, until],
  )
  return row?.until ?? until
}

/** The language of the workspace, for what is written down for everybody in it. */
export async function findLanguage(scope: WorkspaceScope): Promise<'id' | 'en'> {
  const [row] = await scope.query<{ language: string }>('select language from workspaces where id = $1', [
    scope.workspaceId,
  ])
  return row?.language === 'en' ? 'en' : 'id'
}

/** Running campaigns in which somebody waits for a sender. */
export async function listWaitingCampaigns(scope: WorkspaceScope, senderId: string): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select c.id from campaigns c where c.status = 'running' and exists (
       select 1 from recipients r where r.sender_id = $1 and r.run_id = c.current_run_id and r.due_at is not null)`,
    [senderId],
  )
  return rows.map((row) => row.id)
}
