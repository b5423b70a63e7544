CREATE TABLE "portfolio_people" (
	"portfolio_id" text NOT NULL,
	"person" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"attempt_id" text NOT NULL,
	"before_at" timestamp with time zone,
	CONSTRAINT "portfolio_people_portfolio_id_person_pk" PRIMARY KEY("portfolio_id","person")
);
--> statement-breakpoint
CREATE TABLE "portfolios" (
	"id" text PRIMARY KEY NOT NULL,
	"people_max" integer,
	"told_at" timestamp with time zone,
	"people" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "portfolio_id" text;--> statement-breakpoint
CREATE INDEX "portfolio_people_at_idx" ON "portfolio_people" USING btree ("portfolio_id","at");--> statement-breakpoint
CREATE INDEX "portfolio_people_attempt_idx" ON "portfolio_people" USING btree ("attempt_id");--> statement-breakpoint
ALTER TABLE "senders" ADD CONSTRAINT "senders_portfolio_id_portfolios_id_fk" FOREIGN KEY ("portfolio_id") REFERENCES "public"."portfolios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "senders_portfolio_idx" ON "senders" USING btree ("portfolio_id") WHERE portfolio_id is not null;
--> statement-breakpoint
-- Tenants reach the two tables by these functions alone, and only for senders that row security shows them. Whoever changes the
-- people of a portfolio holds its row to the end of the transaction, so that two processes never give away the same place.
create function siar_open_portfolios(asked text[], cutoff timestamptz)
returns table (sender_id text, portfolio_id text, people_max integer, people integer)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  held text[];
begin
  held := array(select p.id from portfolios p
    where p.id in (select s.portfolio_id from senders s where s.id = any(asked)) order by p.id for update);
  if exists (select 1 from senders s where s.id = any(asked)
      and s.portfolio_id is not null and s.portfolio_id <> all(held)) then
    raise exception 'a sender changed its portfolio meanwhile' using errcode = '40001';
  end if;
  with gone as (
    delete from portfolio_people x where x.portfolio_id = any(held) and x.at <= cutoff returning x.portfolio_id
  )
  update portfolios p set people = p.people - g.count
  from (select gone.portfolio_id, count(*)::integer as count from gone group by gone.portfolio_id) g
  where p.id = g.portfolio_id;
  return query select s.id, p.id, p.people_max, p.people
    from senders s join portfolios p on p.id = s.portfolio_id where s.id = any(asked);
end $$;
--> statement-breakpoint
create function siar_known_people(asked text[], addresses text[]) returns table (sender_id text, address text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.sender_id, u.address
  from unnest(asked, addresses) u (sender_id, address)
  join senders s on s.id = u.sender_id
  join portfolio_people x on x.portfolio_id = s.portfolio_id and x.person = md5(u.address)::uuid
$$;
--> statement-breakpoint
-- Somebody who stands here twice stays counted when one of the messages is taken back.
create function siar_note_people(asked text[], addresses text[], attempt_ids text[], noted_at timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  with noted as (
    insert into portfolio_people as x (portfolio_id, person, at, attempt_id, before_at)
    select s.portfolio_id, md5(u.address)::uuid, noted_at, max(u.attempt_id), case when count(*) > 1 then noted_at end
    from unnest(asked, addresses, attempt_ids) u (sender_id, address, attempt_id)
    join senders s on s.id = u.sender_id and s.portfolio_id is not null
    group by s.portfolio_id, md5(u.address)
    on conflict (portfolio_id, person) do update set at = greatest(x.at, excluded.at),
      attempt_id = excluded.attempt_id, before_at = coalesce(excluded.before_at, x.at)
    returning x.portfolio_id, x.xmax = 0 as fresh
  )
  update portfolios p set people = p.people + n.count
  from (select noted.portfolio_id, count(*)::integer as count from noted where noted.fresh group by noted.portfolio_id) n
  where p.id = n.portfolio_id
$$;
--> statement-breakpoint
create function siar_release_people(released text[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform 1 from portfolios p
    where p.id in (select x.portfolio_id from portfolio_people x where x.attempt_id = any(released)) order by p.id for update;
  update portfolio_people x set at = x.before_at, before_at = null, attempt_id = ''
    where x.attempt_id = any(released) and x.before_at is not null;
  with gone as (
    delete from portfolio_people x where x.attempt_id = any(released) returning x.portfolio_id
  )
  update portfolios p set people = p.people - g.count
  from (select gone.portfolio_id, count(*)::integer as count from gone group by gone.portfolio_id) g
  where p.id = g.portfolio_id;
end $$;
--> statement-breakpoint
-- When places come free, by the minute, oldest first: the instants at which their people were last written to.
create function siar_portfolio_places(asked text, cutoff timestamptz) returns table (at timestamptz, count integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select date_trunc('minute', x.at) + interval '1 minute', count(*)::integer
  from senders s join portfolio_people x on x.portfolio_id = s.portfolio_id and x.at > cutoff
  where s.id = asked group by 1 order by 1
$$;
--> statement-breakpoint
create function siar_portfolio_use(asked text[], cutoff timestamptz)
returns table (sender_id text, portfolio_id text, people_max integer, people integer, full_since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, p.id, p.people_max, (p.people - old.count)::integer,
    (select x.at from portfolio_people x where x.portfolio_id = p.id and x.at > cutoff
      order by x.at offset greatest(0, p.people - old.count - p.people_max) limit 1)
  from senders s join portfolios p on p.id = s.portfolio_id
  cross join lateral (
    select count(*) as count from portfolio_people x where x.portfolio_id = p.id and x.at <= cutoff
  ) old
  where s.id = any(asked)
$$;
--> statement-breakpoint
revoke execute on function siar_open_portfolios, siar_known_people, siar_note_people, siar_release_people,
  siar_portfolio_places, siar_portfolio_use from public;
--> statement-breakpoint
grant execute on function siar_open_portfolios, siar_known_people, siar_note_people, siar_release_people,
  siar_portfolio_places, siar_portfolio_use to siar_tenant;
