-- Row-level security on every tenant table, the append-only rules, and the derived consent state. Locks nothing for long:
-- the tables are new.
grant usage on schema public to siar_tenant;
--> statement-breakpoint
create function siar_new_id(prefix text) returns text language sql volatile parallel safe as $$
  select prefix || '_' || lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
    || substr(replace(gen_random_uuid()::text, '-', ''), 1, 8)
$$;
--> statement-breakpoint
do $$
declare
  tenant_table text;
begin
  for tenant_table in
    select c.table_name
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE'
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format(
      'create policy workspace_isolation on %I using ('
      || 'workspace_id = current_setting(''siar.workspace'', true) or '
      || '(current_setting(''siar.scope'', true) = ''system'' and current_user <> ''siar_tenant''))',
      tenant_table);
    execute format('grant select, insert, update, delete on %I to siar_tenant', tenant_table);
  end loop;
end $$;
--> statement-breakpoint
alter table workspaces enable row level security;
--> statement-breakpoint
alter table workspaces force row level security;
--> statement-breakpoint
create policy workspace_isolation on workspaces using (
  id = current_setting('siar.workspace', true)
  or (current_setting('siar.scope', true) = 'system' and current_user <> 'siar_tenant')
);
--> statement-breakpoint
grant select, update on workspaces to siar_tenant;
--> statement-breakpoint
grant select on users to siar_tenant;
--> statement-breakpoint
grant select on shards to siar_tenant;
--> statement-breakpoint
revoke update, delete on consents, audit_log from siar_tenant;
--> statement-breakpoint
create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  if current_setting('siar.erase', true) = 'on' then
    return coalesce(new, old);
  end if;
  raise exception 'rows of % are append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger consents_append_only before update on consents
  for each row execute function refuse_ledger_change();
--> statement-breakpoint
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_ledger_change();
--> statement-breakpoint
create function derive_marketing_consent() returns trigger language plpgsql as $$
begin
  update contacts c set marketing_consent = newest.state
  from (
    select distinct on (contact_id) workspace_id, contact_id, state
    from added where purpose = 'marketing'
    order by contact_id, at desc, id desc
  ) newest
  where c.id = newest.contact_id and c.workspace_id = newest.workspace_id
    and c.marketing_consent is distinct from newest.state
    and not exists (
      select 1 from consents later
      where later.workspace_id = newest.workspace_id and later.contact_id = newest.contact_id
        and later.purpose = 'marketing'
        and later.at > (select max(a.at) from added a where a.contact_id = newest.contact_id)
    );
  return null;
end $$;
--> statement-breakpoint
create trigger consents_derive_state after insert on consents
  referencing new table as added for each statement execute function derive_marketing_consent();
--> statement-breakpoint
insert into shards (shard) select generate_series(0, 255);
--> statement-breakpoint
create extension if not exists pg_trgm;
