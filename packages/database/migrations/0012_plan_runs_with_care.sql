CREATE TABLE "clicks" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"run_id" text NOT NULL,
	"recipient_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"target_number" integer NOT NULL,
	"is_robot" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_targets" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "link_targets_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"workspace_id" text NOT NULL,
	"run_id" text NOT NULL,
	"url" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exchange_rates" (
	"effective_from" date PRIMARY KEY NOT NULL,
	"idr_per_usd" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"country" text NOT NULL,
	"category" text NOT NULL,
	"effective_from" date NOT NULL,
	"usd_micros" bigint NOT NULL,
	CONSTRAINT "prices_country_category_effective_from_pk" PRIMARY KEY("country","category","effective_from")
);
--> statement-breakpoint
ALTER TABLE "run_figures" ALTER COLUMN "count" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "weights" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "experiment" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "budget" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "track_links" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "cloned_from" text;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "variant" text;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "clicked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "occurrence_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "experiment" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "winner" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "budget" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "track_links" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "forecast" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "halt" jsonb;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "message_quota" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cost_micros" bigint;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "halt" jsonb;--> statement-breakpoint
ALTER TABLE "clicks" ADD CONSTRAINT "clicks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_targets" ADD CONSTRAINT "link_targets_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clicks_run_idx" ON "clicks" USING btree ("run_id","target_number");--> statement-breakpoint
CREATE INDEX "clicks_contact_idx" ON "clicks" USING btree ("workspace_id","contact_id","at");--> statement-breakpoint
CREATE INDEX "link_targets_run_idx" ON "link_targets" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_campaign_occurrence_uq" ON "runs" USING btree ("campaign_id","occurrence_at");--> statement-breakpoint
do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['clicks', 'link_targets'] loop
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
grant select on prices, exchange_rates to siar_tenant;
--> statement-breakpoint
insert into prices (country, category, effective_from, usd_micros) values
  ('ID', 'marketing', '2024-01-01', 41100), ('ID', 'utility', '2024-01-01', 20000),
  ('ID', 'authentication', '2024-01-01', 30000),
  ('ID', 'marketing', '2025-07-01', 41600), ('ID', 'utility', '2025-07-01', 16800),
  ('ID', 'authentication', '2025-07-01', 30000);
--> statement-breakpoint
insert into exchange_rates (effective_from, idr_per_usd) values ('2025-07-01', 16300);
