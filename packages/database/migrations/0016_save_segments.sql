CREATE TABLE "segments" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"rule" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "segments_workspace_name_uq" ON "segments" USING btree ("workspace_id",lower("name"));--> statement-breakpoint
alter table segments enable row level security;
--> statement-breakpoint
alter table segments force row level security;
--> statement-breakpoint
create policy workspace_isolation on segments using (
  workspace_id = current_setting('siar.workspace', true)
  or (current_setting('siar.scope', true) = 'system' and current_user <> 'siar_tenant')
);
--> statement-breakpoint
grant select, insert, update, delete on segments to siar_tenant;
