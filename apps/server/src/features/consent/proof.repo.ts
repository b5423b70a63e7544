import type { WorkspaceScope } from '@siar/database'

export interface ProofPlace {
  readonly name: string
  readonly timeZone: string
}

/** The workspace whose ledger it is, and the zone in which it reads its times. */
export async function findProofPlace(scope: WorkspaceScope): Promise<ProofPlace> {
  const [row] = await scope.query<ProofPlace>(
    'select name, time_zone as "timeZone" from workspaces where id = $1',
    [scope.workspaceId],
  )
  return row ?? { name: '', timeZone: 'UTC' }
}

export interface ProofPerson {
  readonly name: string
  readonly addresses: string[]
}

/** Null when there is no such contact. */
export async function findProofPerson(scope: WorkspaceScope, contactId: string): Promise<ProofPerson | null> {
  const [row] = await scope.query<ProofPerson>(
    `select c.full_name as name, array(select a.value from addresses a
       where a.workspace_id = c.workspace_id and a.contact_id = c.id order by a.created_at, a.id) as addresses
     from contacts c where c.workspace_id = $1 and c.id = $2`,
    [scope.workspaceId, contactId],
  )
  return row ?? null
}

export interface ProofLineRow {
  readonly id: string
  readonly purpose: string
  readonly state: 'granted' | 'withdrawn'
  readonly source: string
  readonly wording: string
  readonly evidence: Record<string, unknown>
  readonly erased: boolean
  readonly actor: string
  readonly at: Date
  readonly hashed: string
  readonly hash: string
  /** Null for a line outside of the chain. */
  readonly seq: number | null
  readonly place: number
  readonly linkLines: number | null
  readonly linkHash: string | null
  readonly linkAt: Date | null
}

const hashedColumns = `siar_consent_line(c.id, c.workspace_id, c.contact_id, c.purpose, c.state, c.source, c.actor, c.at, c.salt, c.wording,
  c.wording_hash, c.evidence, c.evidence_hash)`

/** The ledger of one contact and of those merged into it, oldest first, each line with its place in the chain. */
export async function listProofLines(scope: WorkspaceScope, contactId: string): Promise<ProofLineRow[]> {
  return scope.query<ProofLineRow>(
    `select c.id, c.purpose, c.state, c.source, c.wording, c.evidence, c.actor, c.at,
       c.wording_hash is not null or c.evidence_hash is not null as erased,
       ${hashedColumns} as hashed, encode(sha256(convert_to(${hashedColumns}, 'UTF8')), 'hex') as hash,
       l.seq, l.lines as "linkLines", encode(l.hash, 'hex') as "linkHash", l.at as "linkAt",
       case when c.batch is null
         then (select count(*) from consents o where o.workspace_id = $1 and o.batch is null and o.id collate "C" <= c.id)
         else (select count(*) from consents o where o.workspace_id = $1 and o.batch = c.batch and o.id collate "C" <= c.id)
       end as place
     from consents c left join consent_links l on l.workspace_id = $1 and l.batch = coalesce(c.batch, 0)
     where c.workspace_id = $1 and c.contact_id in (
       select $2 union all select loser_id from contact_merges where workspace_id = $1 and survivor_id = $2)
     order by c.at, c.id`,
    [scope.workspaceId, contactId],
  )
}

export interface ProofRun {
  readonly campaign: string
  readonly runId: string
  readonly number: number
  readonly purpose: 'marketing' | 'service'
  readonly frozenAt: Date
}

/** A run of a campaign, the one that started last unless told; null when there is none. */
export async function findProofRun(
  scope: WorkspaceScope,
  campaignId: string,
  runId: string | undefined,
): Promise<ProofRun | null> {
  const [row] = await scope.query<ProofRun>(
    `select c.name as campaign, r.id as "runId", r.number, r.purpose, r.started_at as "frozenAt"
     from campaigns c join runs r on r.workspace_id = c.workspace_id and r.campaign_id = c.id
     where c.workspace_id = $1 and c.id = $2 and r.id = coalesce($3, c.current_run_id)`,
    [scope.workspaceId, campaignId, runId ?? null],
  )
  return row ?? null
}

export interface ProofRecipientRow {
  readonly sequence: number
  readonly contactId: string
  readonly name: string | null
  readonly address: string
  readonly status: string
  readonly reason: string | null
  readonly sentAt: Date | null
  readonly consentId: string | null
  readonly state: 'granted' | 'withdrawn' | null
  readonly source: string | null
  readonly wording: string | null
  readonly actor: string | null
  readonly at: Date | null
  readonly hash: string | null
  readonly seq: number | null
}

/** Recipients of a run in their order, each with the newest line of the ledger that was there when the run was frozen. */
export async function listProofRecipients(
  scope: WorkspaceScope,
  run: Pick<ProofRun, 'runId' | 'frozenAt'>,
  after: number,
  limit: number,
): Promise<ProofRecipientRow[]> {
  return scope.query<ProofRecipientRow>(
    `select r.sequence, r.contact_id as "contactId", p.full_name as name, r.address, r.status, r.reason, r.accepted_at as "sentAt",
       c.id as "consentId", c.state, c.source, c.wording, c.actor, c.at, l.seq,
       encode(sha256(convert_to(${hashedColumns}, 'UTF8')), 'hex') as hash
     from (select * from recipients where workspace_id = $1 and run_id = $2 and sequence > $4 order by sequence limit $5) r
     left join contacts p on p.workspace_id = $1 and p.id = r.contact_id
     left join lateral (
       select * from consents k where k.workspace_id = $1 and k.contact_id in (
         select r.contact_id union all
         select m.loser_id from contact_merges m where m.workspace_id = $1 and m.survivor_id = r.contact_id)
         and k.purpose = 'marketing' and k.at <= $3
       order by k.at desc, k.state = 'withdrawn' desc, k.id desc limit 1) c on true
     left join consent_links l on l.workspace_id = $1 and l.batch = coalesce(c.batch, 0) and c.id is not null
     order by r.sequence`,
    [scope.workspaceId, run.runId, run.frozenAt, after, limit],
  )
}
