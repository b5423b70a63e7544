import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'

export interface AddressRow {
  readonly kind: 'phone' | 'user_id' | 'lid'
  readonly value: string
  readonly addedAt: Date
}

export interface PersonConsentRow {
  readonly id: string
  readonly state: 'granted' | 'withdrawn'
  readonly source: string
  readonly wording: string
  readonly evidence: Record<string, unknown>
  readonly actor: string
  readonly at: Date
}

export interface PersonSuppressionRow {
  readonly id: string
  readonly kind: AddressRow['kind']
  readonly value: string
  readonly reason: 'unsubscribed' | 'spam_report' | 'invalid' | 'manual'
  readonly note: string
  readonly createdAt: Date
}

export interface PersonMessageRow {
  readonly direction: 'in' | 'out'
  readonly text: string
  readonly sender: string | null
  readonly at: Date
}

export interface PersonCampaignRow {
  readonly name: string
  readonly status: string
  readonly reason: string | null
  readonly sentAt: Date | null
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
  readonly repliedAt: Date | null
}

export interface PersonClickRow {
  readonly url: string
  readonly at: Date
}

/** All rows about one contact, each kind oldest first; empty for a contact that is not in the workspace. */
export async function loadPersonData(scope: WorkspaceScope, contactId: ContactId) {
  const rowsOf = <Row extends object>(statement: string) =>
    scope.query<Row>(statement, [scope.workspaceId, contactId])
  const [addresses, consents, suppressions, messages, campaigns, clicks] = await Promise.all([
    rowsOf<AddressRow>(
      `select kind, value, created_at as "addedAt" from addresses
       where workspace_id = $1 and contact_id = $2 order by created_at, id`,
    ),
    rowsOf<PersonConsentRow>(
      `select id, state, source, wording, evidence, actor, at from consents
       where workspace_id = $1 and contact_id in (
         select $2 union all select loser_id from contact_merges where workspace_id = $1 and survivor_id = $2) order by at, id`,
    ),
    rowsOf<PersonSuppressionRow>(
      `select s.id, s.kind, s.value, s.reason, s.note, s.created_at as "createdAt"
       from addresses a join suppressions s using (workspace_id, kind, value)
       where a.workspace_id = $1 and a.contact_id = $2 order by s.created_at, s.id`,
    ),
    rowsOf<PersonMessageRow>(
      `select m.direction, m.text, s.name as sender, m.at from messages m
       left join senders s on s.id = m.sender_id and s.workspace_id = m.workspace_id
       where m.workspace_id = $1 and m.contact_id = $2 order by m.at, m.id`,
    ),
    rowsOf<PersonCampaignRow>(
      `select c.name, r.status, r.reason, r.accepted_at as "sentAt", r.delivered_at as "deliveredAt", r.read_at as "readAt",
         r.replied_at as "repliedAt"
       from recipients r join campaigns c on c.id = r.campaign_id and c.workspace_id = r.workspace_id
       where r.workspace_id = $1 and r.contact_id = $2 order by r.updated_at, r.id`,
    ),
    rowsOf<PersonClickRow>(
      `select t.url, k.at from clicks k join link_targets t on t.number = k.target_number and t.workspace_id = k.workspace_id
       where k.workspace_id = $1 and k.contact_id = $2 and not k.is_robot order by k.at, k.id`,
    ),
  ])
  return { addresses, consents, suppressions, messages, campaigns, clicks }
}
