-- The owners of a range of numbers are gathered first: numbers of one batch are often neighbours, and walking the newest
-- contacts until they turn up would read the whole book.
create or replace function contact_search_condition(
  words text[], numbers text[], in_list text, with_tag text, consent text, is_suppressed boolean
) returns text language plpgsql stable set search_path = pg_catalog, public as $$
declare
  workspace text := current_setting('siar.workspace');
  condition text := format('c.workspace_id = %L', workspace);
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
    alternatives := alternatives || case
      when pattern ~ '^\+[1-9][0-9]{0,17}$' then format(
        'c.id = any(array(select a.contact_id from addresses a where a.workspace_id = %L and a.kind = ''phone'''
        || ' and a.value >= %L and a.value < %L))',
        workspace, pattern, '+' || (substr(pattern, 2)::bigint + 1)::text)
      else format('c.search_text like %L', pattern)
    end;
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
