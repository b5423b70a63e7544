-- A page of a search together with how many it found. Up to `probe_max` people are gathered by the trigram index, counted and
-- sorted; only words that more people have are looked for along the order of the page, where they turn up soon.
create function search_contact_page(
  words text[], numbers text[], in_list text, with_tag text, consent text, is_suppressed boolean,
  sort text, after_key text, after_id text, limit_to integer, probe_max integer
) returns table (ids text[], total integer) language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  condition text := contact_search_condition(words, numbers, in_list, with_tag, consent, is_suppressed);
  sort_by text := case when sort = 'name' then 'p.full_name, p.id' else 'p.created_at desc, p.id desc' end;
  after_last text := case
    when after_id is null then 'true'
    when sort = 'name' then format('(p.full_name, p.id) > (%L, %L)', after_key, after_id)
    else format('(p.created_at, p.id) < (%L::timestamptz, %L)', after_key, after_id)
  end;
begin
  execute format(
    'with probe as materialized (select c.id, c.full_name, c.created_at from contacts c where %1$s limit %2$s)
     select array(select p.id from probe p where %3$s order by %4$s limit %5$s), (select count(*)::integer from probe)',
    condition, probe_max + 1, after_last, sort_by, limit_to) into ids, total;
  if total > probe_max then
    ids := array(select search_contact_ids(
      words, numbers, in_list, with_tag, consent, is_suppressed, sort, after_key, after_id, limit_to));
  end if;
  return next;
end $$;
--> statement-breakpoint
revoke all on function search_contact_page(text[], text[], text, text, text, boolean, text, text, text, integer, integer) from public;
--> statement-breakpoint
grant execute on function search_contact_page(text[], text[], text, text, text, boolean, text, text, text, integer, integer) to siar_tenant;
