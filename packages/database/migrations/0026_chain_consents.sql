-- A chain of hashes over the consent ledger. The columns come without a value, so that no line is rewritten; the lines that are there
-- already become one first link of their workspace. Reads the whole ledger once and keeps writers of it out meanwhile: some seconds for
-- each million lines.
CREATE TABLE "consent_chains" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"lines" bigint DEFAULT 0 NOT NULL,
	"hash" "bytea" DEFAULT ''::bytea NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_links" (
	"workspace_id" text NOT NULL,
	"batch" bigint NOT NULL,
	"lines" integer NOT NULL,
	"lines_hash" "bytea" NOT NULL,
	"seq" bigint,
	"hash" "bytea",
	"at" timestamp with time zone,
	CONSTRAINT "consent_links_workspace_id_batch_pk" PRIMARY KEY("workspace_id","batch")
);
--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "batch" bigint;--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "batch" SET DEFAULT nullif(current_setting('siar.consent_batch', true), '')::bigint;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "salt" uuid;--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "salt" SET DEFAULT gen_random_uuid();--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "wording_hash" "bytea";--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "evidence_hash" "bytea";--> statement-breakpoint
ALTER TABLE "consent_chains" ADD CONSTRAINT "consent_chains_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_links" ADD CONSTRAINT "consent_links_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "consent_links_seq_uq" ON "consent_links" USING btree ("workspace_id","seq");--> statement-breakpoint
CREATE INDEX "consents_batch_idx" ON "consents" USING btree ("workspace_id","batch");--> statement-breakpoint
create sequence consent_batches;
--> statement-breakpoint
grant usage on sequence consent_batches to siar_tenant;
--> statement-breakpoint
select siar_isolate('consent_chains'), siar_isolate('consent_links');
--> statement-breakpoint
revoke insert, update, delete on consent_chains, consent_links from siar_tenant;
--> statement-breakpoint
create function siar_consent_text_hash(salt uuid, words text) returns bytea
language sql stable parallel safe as $$
  select sha256(convert_to(coalesce(salt::text, '') || chr(10) || words, 'UTF8'))
$$;
--> statement-breakpoint
-- What is hashed of a line: JSON, so that no text can pretend to be two fields. The words and the evidence stand in it by their hashes.
create function siar_consent_line(
  id text, workspace_id text, contact_id text, purpose text, state text, source text, actor text, at timestamptz,
  salt uuid, wording text, wording_hash bytea, evidence jsonb, evidence_hash bytea
) returns text language sql stable parallel safe as $$
  select json_build_array('siar-consent-1', id, workspace_id, contact_id, purpose, state, source, actor,
    at at time zone 'UTC',
    encode(coalesce(wording_hash, siar_consent_text_hash(salt, wording)), 'hex'),
    encode(coalesce(evidence_hash, siar_consent_text_hash(salt, evidence::text)), 'hex'))::text
$$;
--> statement-breakpoint
create function siar_consent_link_hash(
  workspace_id text, seq bigint, lines bigint, at timestamptz, lines_hash bytea, previous bytea
) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to(json_build_array('siar-consent-link-1', workspace_id, seq, lines,
    at at time zone 'UTC', encode(lines_hash, 'hex'), encode(previous, 'hex'))::text, 'UTF8'))
$$;
--> statement-breakpoint
create function siar_open_consent_batch() returns trigger language plpgsql as $$
begin
  perform set_config('siar.consent_batch', nextval('consent_batches')::text, true);
  return null;
end $$;
--> statement-breakpoint
create function siar_keep_consent_batch() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  own bigint := current_setting('siar.consent_batch', true)::bigint;
begin
  if exists (
    select 1 from added
    where batch is distinct from own or salt is null or wording_hash is not null or evidence_hash is not null
  ) then
    raise exception 'columns of the consent chain are not for writers' using errcode = 'restrict_violation';
  end if;
  insert into consent_links (workspace_id, batch, lines, lines_hash)
  select workspace_id, own, count(*), sha256(string_agg(
    sha256(convert_to(siar_consent_line(id, workspace_id, contact_id, purpose, state, source, actor, at, salt, wording, wording_hash,
      evidence, evidence_hash), 'UTF8')), ''::bytea order by id collate "C"))
  from added group by workspace_id order by workspace_id;
  return null;
end $$;
--> statement-breakpoint
-- Runs as the transaction commits: the lock on the end of the chain is the last one a transaction takes, and it is held for the commit only.
create function siar_join_consent_chain() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  chain consent_chains;
  joined_at timestamptz;
begin
  perform 1 from consent_links l where l.workspace_id = new.workspace_id and l.batch = new.batch;
  if not found then return null; end if; -- removed again by its own transaction, with its workspace
  select * into chain from consent_chains c where c.workspace_id = new.workspace_id for update;
  if not found then
    insert into consent_chains (workspace_id) values (new.workspace_id) on conflict do nothing;
    select * into chain from consent_chains c where c.workspace_id = new.workspace_id for update;
  end if;
  joined_at := clock_timestamp();
  chain.hash := siar_consent_link_hash(
    new.workspace_id, chain.seq + 1, new.lines, joined_at, new.lines_hash, chain.hash);
  update consent_chains c set seq = chain.seq + 1, lines = chain.lines + new.lines, hash = chain.hash
  where c.workspace_id = new.workspace_id;
  update consent_links l set seq = chain.seq + 1, hash = chain.hash, at = joined_at
  where l.workspace_id = new.workspace_id and l.batch = new.batch;
  return null;
end $$;
--> statement-breakpoint
insert into consent_links (workspace_id, batch, lines, lines_hash)
select workspace_id, 0, count(*), sha256(string_agg(
  sha256(convert_to(siar_consent_line(id, workspace_id, contact_id, purpose, state, source, actor, at, salt, wording, wording_hash,
    evidence, evidence_hash), 'UTF8')), ''::bytea order by id collate "C"))
from consents group by workspace_id;
--> statement-breakpoint
update consent_links set seq = 1, at = now(), hash = siar_consent_link_hash(workspace_id, 1, lines, now(), lines_hash, ''::bytea);
--> statement-breakpoint
insert into consent_chains (workspace_id, seq, lines, hash) select workspace_id, seq, lines, hash from consent_links;
--> statement-breakpoint
create trigger consents_open_batch before insert on consents
  for each statement execute function siar_open_consent_batch();
--> statement-breakpoint
create trigger consents_keep_batch after insert on consents
  referencing new table as added for each statement execute function siar_keep_consent_batch();
--> statement-breakpoint
create constraint trigger consent_links_join_chain after insert on consent_links
  deferrable initially deferred for each row execute function siar_join_consent_chain();
--> statement-breakpoint
create trigger consent_links_append_only before update on consent_links
  for each row when (old.seq is not null) execute function refuse_ledger_change();
--> statement-breakpoint
-- For the erasing of a person: words and evidence go, their hashes stay, and the chain stays whole. Of the open workspace only.
create function siar_erase_consent_words(of_contact text) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  perform set_config('siar.erase', 'on', true);
  update consents set wording = '', evidence = '{}', salt = null,
    wording_hash = coalesce(wording_hash, siar_consent_text_hash(salt, wording)),
    evidence_hash = coalesce(evidence_hash, siar_consent_text_hash(salt, evidence::text))
  where workspace_id = current_setting('siar.workspace', true) and contact_id = of_contact
    and (wording_hash is null or evidence_hash is null);
  perform set_config('siar.erase', 'off', true);
end $$;
--> statement-breakpoint
revoke execute on function siar_erase_consent_words(text), siar_keep_consent_batch(), siar_join_consent_chain() from public;
--> statement-breakpoint
grant execute on function siar_erase_consent_words(text) to siar_tenant;
