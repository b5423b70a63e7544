-- Members of tags and lists as bits, so that a rule over a million people tests a bit where it hashed ids. The column writes
-- `contacts` and its indexes once more (half a minute for a million people), locked meanwhile.
CREATE TABLE "membership_bits" (
	"workspace_id" text NOT NULL,
	"group_id" text NOT NULL,
	"block" integer NOT NULL,
	"bits" "bytea" NOT NULL,
	CONSTRAINT "membership_bits_group_id_block_pk" PRIMARY KEY("group_id","block")
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "number" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "contacts_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);
--> statement-breakpoint
-- A block is 1,024 bytes: it is changed in place, in its page, and never compressed or moved out of its row.
alter table membership_bits alter column bits set storage plain, set (fillfactor = 50);
--> statement-breakpoint
select siar_isolate('membership_bits');
--> statement-breakpoint
grant select on sequence contacts_number_seq to siar_tenant;
--> statement-breakpoint
create function membership_block_empty() returns bytea language sql immutable parallel safe as $$
  select decode(repeat('00', 1024), 'hex')
$$;
--> statement-breakpoint
-- Arguments: the column of the group, the table of the groups, the bit that the changed rows get.
-- Blocks are locked in one order, and a membership and its bit change under the lock of the membership, so that of two
-- transactions the later one has the last word about both. A group or a contact that is gone needs no bits.
create function keep_membership_bits() returns trigger language plpgsql
set enable_seqscan = off as $$
declare
  part record;
  mark bytea;
  place integer;
  bit constant integer := tg_argv[2]::integer;
begin
  if not exists (select from changed) then return null; end if;
  for part in execute format(
    'select m.workspace_id, m.%1$I as group_id, c.number >> 13 as block, array_agg(c.number & 8191) as places
     from changed m join contacts c on c.id = m.contact_id
     where exists (select from %2$I g where g.id = m.%1$I)
     group by 1, 2, 3 order by 2, 3', tg_argv[0], tg_argv[1])
  loop
    if bit = 1 then
      insert into membership_bits (workspace_id, group_id, block, bits)
      values (part.workspace_id, part.group_id, part.block, membership_block_empty())
      on conflict do nothing;
    end if;
    select b.bits into mark from membership_bits b
    where b.workspace_id = part.workspace_id and b.group_id = part.group_id and b.block = part.block for update;
    if mark is null then continue; end if;
    foreach place in array part.places loop mark := set_bit(mark, place, bit); end loop;
    update membership_bits b set bits = mark
    where b.workspace_id = part.workspace_id and b.group_id = part.group_id and b.block = part.block;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create trigger contact_tags_bits_added after insert on contact_tags
  referencing new table as changed for each statement execute function keep_membership_bits('tag_id', 'tags', '1');
--> statement-breakpoint
create trigger contact_tags_bits_moved_1_from after update on contact_tags
  referencing old table as changed for each statement execute function keep_membership_bits('tag_id', 'tags', '0');
--> statement-breakpoint
create trigger contact_tags_bits_moved_2_to after update on contact_tags
  referencing new table as changed for each statement execute function keep_membership_bits('tag_id', 'tags', '1');
--> statement-breakpoint
create trigger contact_tags_bits_removed after delete on contact_tags
  referencing old table as changed for each statement execute function keep_membership_bits('tag_id', 'tags', '0');
--> statement-breakpoint
create trigger list_members_bits_added after insert on list_members
  referencing new table as changed for each statement execute function keep_membership_bits('list_id', 'lists', '1');
--> statement-breakpoint
create trigger list_members_bits_moved_1_from after update on list_members
  referencing old table as changed for each statement execute function keep_membership_bits('list_id', 'lists', '0');
--> statement-breakpoint
create trigger list_members_bits_moved_2_to after update on list_members
  referencing new table as changed for each statement execute function keep_membership_bits('list_id', 'lists', '1');
--> statement-breakpoint
create trigger list_members_bits_removed after delete on list_members
  referencing old table as changed for each statement execute function keep_membership_bits('list_id', 'lists', '0');
--> statement-breakpoint
create function forget_membership_bits() returns trigger language plpgsql as $$
begin
  delete from membership_bits b using gone where b.group_id = gone.id;
  return null;
end $$;
--> statement-breakpoint
create trigger tags_forget_bits after delete on tags
  referencing old table as gone for each statement execute function forget_membership_bits();
--> statement-breakpoint
create trigger lists_forget_bits after delete on lists
  referencing old table as gone for each statement execute function forget_membership_bits();
--> statement-breakpoint
-- Makes all bits anew from the memberships: for this migration, and after a load with the triggers asleep.
create function fill_membership_bits() returns void language plpgsql as $$
declare
  part record;
  mark bytea;
  place integer;
begin
  delete from membership_bits;
  for part in
    select m.workspace_id, m.group_id, c.number >> 13 as block, array_agg(c.number & 8191) as places
    from (select workspace_id, tag_id as group_id, contact_id from contact_tags
          union all select workspace_id, list_id, contact_id from list_members) m
    join contacts c on c.id = m.contact_id
    group by 1, 2, 3
  loop
    mark := membership_block_empty();
    foreach place in array part.places loop mark := set_bit(mark, place, 1); end loop;
    insert into membership_bits (workspace_id, group_id, block, bits)
    values (part.workspace_id, part.group_id, part.block, mark);
  end loop;
end $$;
--> statement-breakpoint
revoke all on function fill_membership_bits() from public;
--> statement-breakpoint
select fill_membership_bits();
--> statement-breakpoint
-- All bits of a group in one string, a bit for every number that a contact can have by now.
create function bits_of_group(workspace text, asked_group text) returns bytea language sql stable parallel safe as $$
  select string_agg(coalesce(b.bits, membership_block_empty()), ''::bytea order by n.block)
  from generate_series(0, (select last_value >> 13 from contacts_number_seq)::integer) n (block)
  left join membership_bits b on b.workspace_id = workspace and b.group_id = asked_group and b.block = n.block
$$;
