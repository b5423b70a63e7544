-- The derived columns of contacts, read and written by key only. These functions keep their plans, and a plan made while a
-- table was small would read the whole table for every batch of an import; so the settings forbid that, and arrays of keys
-- stand where a join could be turned around.
create or replace function derive_marketing_consent() returns trigger language plpgsql
set enable_seqscan = off as $$
declare
  granting text[];
  withdrawing text[];
begin
  select array_agg(contact_id) filter (where state = 'granted'), array_agg(contact_id) filter (where state = 'withdrawn')
    into granting, withdrawing
  from (
    select distinct on (contact_id) contact_id, state from added where purpose = 'marketing'
    order by contact_id, at desc, id desc
  ) newest;
  -- A line that was added wins over one of the same instant; one that came late changes nothing.
  if granting is not null then
    update contacts c set marketing_consent = 'granted'
    where c.id = any(granting) and c.marketing_consent <> 'granted' and (
      select l.state from consents l
      where l.workspace_id = c.workspace_id and l.contact_id = c.id and l.purpose = 'marketing'
      order by l.at desc, l.state = 'granted' desc limit 1) = 'granted';
  end if;
  if withdrawing is not null then
    update contacts c set marketing_consent = 'withdrawn'
    where c.id = any(withdrawing) and c.marketing_consent <> 'withdrawn' and (
      select l.state from consents l
      where l.workspace_id = c.workspace_id and l.contact_id = c.id and l.purpose = 'marketing'
      order by l.at desc, l.state = 'withdrawn' desc limit 1) = 'withdrawn';
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function derive_contact_phones() returns trigger language plpgsql
set enable_seqscan = off as $$
declare
  touched text[];
  outdated text[];
begin
  select array_agg(distinct contact_id) into touched from changed;
  if touched is null then return null; end if;
  select array_agg(c.id) into outdated
  from contacts c
  where c.id = any(touched) and c.phones <> coalesce((
    select string_agg(a.value, ' ' order by a.created_at, a.id)
    from addresses a where a.contact_id = c.id and a.kind = 'phone'), '');
  if outdated is null then return null; end if;
  update contacts c set phones = coalesce((
    select string_agg(a.value, ' ' order by a.created_at, a.id)
    from addresses a where a.contact_id = c.id and a.kind = 'phone'), '')
  where c.id = any(outdated);
  return null;
end $$;
