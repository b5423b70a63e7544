ALTER TABLE "imports" ALTER COLUMN "size_bytes" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "phones" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(full_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, '') || ' ' || phones)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "opted_out" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "contacts_search_idx" ON "contacts" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
create function derive_contact_phones() returns trigger language plpgsql as $$
begin
  update contacts c set phones = derived.phones
  from (
    select touched.contact_id, coalesce(string_agg(a.value, ' ' order by a.created_at, a.id), '') as phones
    from (select distinct contact_id from changed) touched
    left join addresses a on a.contact_id = touched.contact_id and a.kind = 'phone'
    group by touched.contact_id
  ) derived
  where c.id = derived.contact_id and c.phones is distinct from derived.phones;
  return null;
end $$;
--> statement-breakpoint
create trigger addresses_derive_phones_added after insert on addresses
  referencing new table as changed for each statement execute function derive_contact_phones();
--> statement-breakpoint
create trigger addresses_derive_phones_moved_from after update on addresses
  referencing old table as changed for each statement execute function derive_contact_phones();
--> statement-breakpoint
create trigger addresses_derive_phones_moved_to after update on addresses
  referencing new table as changed for each statement execute function derive_contact_phones();
--> statement-breakpoint
create trigger addresses_derive_phones_removed after delete on addresses
  referencing old table as changed for each statement execute function derive_contact_phones();
--> statement-breakpoint
update contacts c set phones = known.phones
from (
  select contact_id, string_agg(value, ' ' order by created_at, id) as phones
  from addresses where kind = 'phone' group by contact_id
) known
where c.id = known.contact_id;
--> statement-breakpoint
-- The condition of a search, as SQL over `contacts c`. Row security keeps PostgreSQL from using a trigram index for a
-- tenant (LIKE is not leakproof), so the two functions below search with the rights of their owner and name the workspace
-- themselves: the same setting that the policies compare.
create function contact_search_condition(
  words text[], numbers text[], in_list text, with_tag text, consent text, is_suppressed boolean
) returns text language plpgsql stable set search_path = pg_catalog, public as $$
declare
  condition text := format('c.workspace_id = %L', current_setting('siar.workspace'));
  by_words text := '';
  alternatives text[] := '{}';
  pattern text;
begin
  foreach pattern in array words loop
    by_words := by_words || case when by_words = '' then '' else ' and ' end
      || format('c.search_text like lower(%L)', pattern);
  end loop;
  if by_words <> '' then alternatives := array['(' || by_words || ')']; end if;
  foreach pattern in array numbers loop
    alternatives := alternatives || format('c.search_text like %L', pattern);
  end loop;
  if cardinality(alternatives) > 0 then
    condition := condition || ' and (' || array_to_string(alternatives, ' or ') || ')';
  end if;
  if in_list is not null then
    condition := condition || format(
      ' and exists (select from list_members m where m.contact_id = c.id and m.list_id = %L)', in_list);
  end if;
  if with_tag is not null then
    condition := condition || format(
      ' and exists (select from contact_tags t where t.contact_id = c.id and t.tag_id = %L)', with_tag);
  end if;
  if consent is not null then
    condition := condition || format(' and c.marketing_consent = %L', consent);
  end if;
  if is_suppressed is not null then
    condition := condition || case when is_suppressed then ' and ' else ' and not ' end
      || 'exists (select from addresses a join suppressions s using (workspace_id, kind, value) where a.contact_id = c.id)';
  end if;
  return condition;
end $$;
--> statement-breakpoint
create function search_contact_ids(
  words text[], numbers text[], in_list text, with_tag text, consent text, is_suppressed boolean,
  sort text, after_key text, after_id text, limit_to integer
) returns setof text language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  condition text := contact_search_condition(words, numbers, in_list, with_tag, consent, is_suppressed);
  sort_by text := case when sort = 'name' then ' order by c.full_name, c.id' else ' order by c.created_at desc, c.id desc' end;
begin
  if after_id is not null then
    condition := condition || case
      when sort = 'name' then format(' and (c.full_name, c.id) > (%L, %L)', after_key, after_id)
      else format(' and (c.created_at, c.id) < (%L::timestamptz, %L)', after_key, after_id)
    end;
  end if;
  return query execute 'select c.id from contacts c where ' || condition || sort_by || format(' limit %s', limit_to);
end $$;
--> statement-breakpoint
create function count_contacts_found(
  words text[], numbers text[], in_list text, with_tag text, consent text, is_suppressed boolean, limit_to integer
) returns integer language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  found_count integer;
begin
  execute 'select count(*) from (select from contacts c where '
    || contact_search_condition(words, numbers, in_list, with_tag, consent, is_suppressed)
    || format(' limit %s) found', limit_to) into found_count;
  return found_count;
end $$;
--> statement-breakpoint
revoke all on function search_contact_ids(text[], text[], text, text, text, boolean, text, text, text, integer) from public;
--> statement-breakpoint
revoke all on function count_contacts_found(text[], text[], text, text, text, boolean, integer) from public;
--> statement-breakpoint
grant execute on function search_contact_ids(text[], text[], text, text, text, boolean, text, text, text, integer) to siar_tenant;
--> statement-breakpoint
grant execute on function count_contacts_found(text[], text[], text, text, text, boolean, integer) to siar_tenant;
