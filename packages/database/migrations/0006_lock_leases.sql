-- Share-locks lease rows for the rest of the transaction, for lanes in either scope: the tenant role may not update shards,
-- which a row lock asks for. A key-share lock stops a take-over (FOR UPDATE) and waits for no renewal.
create function siar_lock_leases(lease_owner text, lease_shards smallint[], lease_epochs bigint[]) returns integer
language sql volatile security definer set search_path = public, pg_temp as $$
  select count(*)::integer from (
    select 1
    from unnest(lease_shards, lease_epochs) as asked (shard, epoch)
    join shards on shards.shard = asked.shard and shards.epoch = asked.epoch
    where shards.owner = lease_owner and shards.expires_at > clock_timestamp()
    for key share of shards
  ) held
$$;
--> statement-breakpoint
revoke execute on function siar_lock_leases from public;
--> statement-breakpoint
grant execute on function siar_lock_leases to siar_tenant;
