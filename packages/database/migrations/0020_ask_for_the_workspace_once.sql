-- The policy of every tenant table asks for the workspace once a statement instead of once a row. Takes a short exclusive lock on each
-- table; rewrites nothing.
create or replace function siar_policy_of(key_column text) returns text language sql immutable as $$
  select format(
    '%I = (select current_setting(''siar.workspace'', true)) '
    || 'or (select current_setting(''siar.scope'', true) = ''system'' and current_user <> ''siar_tenant'')',
    key_column)
$$;
--> statement-breakpoint
create or replace function siar_isolate(tenant_table text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', tenant_table);
  execute format('alter table %I force row level security', tenant_table);
  execute format(
    'create policy workspace_isolation on %I using (%s)', tenant_table, siar_policy_of('workspace_id'));
  execute format('grant select, insert, update, delete on %I to siar_tenant', tenant_table);
end $$;
--> statement-breakpoint
do $$
declare
  known text;
begin
  for known in select tablename from pg_policies where schemaname = 'public' and policyname = 'workspace_isolation'
  loop
    execute format(
      'alter policy workspace_isolation on %I using (%s)',
      known, siar_policy_of(case known when 'workspaces' then 'id' else 'workspace_id' end));
  end loop;
end $$;
