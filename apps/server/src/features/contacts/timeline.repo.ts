import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'
import type { CursorKeys } from '../../list-cursor.ts'

export type TimelineKind =
  'consent' | 'message_out' | 'message_in' | 'campaign' | 'suppression' | 'created' | 'click'

export interface TimelineRow {
  readonly kind: TimelineKind
  /** Kind and id, which break ties of the instant. */
  readonly key: string
  /** A name or a code that the presenter turns into words. */
  readonly subject: string
  readonly detail: string
  readonly status: string | null
  readonly at: Date
  readonly atText: string
}

/** Each source gives its newest rows before the cursor; the union keeps the newest of all. */
const sources = [
  `select 'created' as kind, 'created:' || id as key, source as subject, '' as detail, null::text as status, created_at as at
   from contacts where workspace_id = $1 and id = $2`,
  `select 'consent', 'consent:' || id, source, wording, state, at
   from consents where workspace_id = $1 and contact_id in (
     select $2 union all select loser_id from contact_merges where workspace_id = $1 and survivor_id = $2)`,
  `select 'suppression', 'suppression:' || s.id, s.reason, s.note, s.reason, s.created_at
   from addresses a join suppressions s using (workspace_id, kind, value) where a.workspace_id = $1 and a.contact_id = $2`,
  `select case when direction = 'in' then 'message_in' else 'message_out' end, 'message:' || m.id, '', left(text, 300), null, at
   from messages m where workspace_id = $1 and contact_id = $2`,
  `select 'campaign', 'campaign:' || r.id, c.name, coalesce(r.reason, ''), r.status, coalesce(r.accepted_at, r.updated_at)
   from recipients r join campaigns c on c.id = r.campaign_id where r.workspace_id = $1 and r.contact_id = $2`,
  `select 'click', 'click:' || k.id, c.name, t.url, 'clicked', k.at
   from clicks k join link_targets t on t.number = k.target_number join runs on runs.id = k.run_id
   join campaigns c on c.id = runs.campaign_id where k.workspace_id = $1 and k.contact_id = $2 and not k.is_robot`,
]

const branches = sources
  .map(
    (source) => `(select * from (${source}) as entry (kind, key, subject, detail, status, at)
     where $3::timestamptz is null or (at, key) < ($3::timestamptz, $4::text) order by at desc, key desc limit $5)`,
  )
  .join(' union all ')

/** What happened with a contact, newest first. Empty for a contact that is not in the workspace. */
export async function listTimeline(
  scope: WorkspaceScope,
  contactId: ContactId,
  after: CursorKeys | null,
  limit: number,
): Promise<TimelineRow[]> {
  return scope.query<TimelineRow>(
    {
      name: 'contact-timeline',
      text: `select *, at::text as "atText" from (${branches}) entries order by at desc, key desc limit $5`,
    },
    [scope.workspaceId, contactId, after?.[0] ?? null, after?.[1] ?? null, limit],
  )
}
