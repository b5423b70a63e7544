CREATE TABLE "sender_credentials" (
	"workspace_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sender_credentials_sender_id_kind_key_pk" PRIMARY KEY("sender_id","kind","key")
);
--> statement-breakpoint
CREATE TABLE "webhook_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"key" text NOT NULL,
	"item" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"failed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "pairing_phone" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "standing" jsonb;--> statement-breakpoint
ALTER TABLE "sender_credentials" ADD CONSTRAINT "sender_credentials_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_items" ADD CONSTRAINT "webhook_items_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_items_key_uq" ON "webhook_items" USING btree ("sender_id","key");--> statement-breakpoint
CREATE INDEX "webhook_items_waiting_idx" ON "webhook_items" USING btree ("sender_id","id") WHERE failed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "senders_account_uq" ON "senders" USING btree ("channel","account") WHERE account is not null;--> statement-breakpoint
create function siar_isolate(tenant_table text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', tenant_table);
  execute format('alter table %I force row level security', tenant_table);
  execute format(
    'create policy workspace_isolation on %I using ('
    || 'workspace_id = current_setting(''siar.workspace'', true) or '
    || '(current_setting(''siar.scope'', true) = ''system'' and current_user <> ''siar_tenant''))',
    tenant_table);
  execute format('grant select, insert, update, delete on %I to siar_tenant', tenant_table);
end $$;
--> statement-breakpoint
select siar_isolate('sender_credentials'), siar_isolate('webhook_items');
