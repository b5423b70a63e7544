CREATE TABLE "template_approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"template_id" text NOT NULL,
	"language" text NOT NULL,
	"waba_id" text NOT NULL,
	"name" text NOT NULL,
	"remote_language" text NOT NULL,
	"remote_id" text,
	"status" text NOT NULL,
	"reason" text,
	"status_at" timestamp with time zone NOT NULL,
	"category_asked" text NOT NULL,
	"category" text NOT NULL,
	"header" text,
	"body" text NOT NULL,
	"footer" text,
	"parameters" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"told_at" timestamp with time zone,
	"synced_at" timestamp with time zone,
	"submitted_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "template_approvals" ADD CONSTRAINT "template_approvals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_approvals" ADD CONSTRAINT "template_approvals_template_id_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."templates"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "template_approvals_name_uq" ON "template_approvals" USING btree ("workspace_id","waba_id","name","remote_language");--> statement-breakpoint
CREATE UNIQUE INDEX "template_approvals_live_uq" ON "template_approvals" USING btree ("template_id","language","waba_id","content_hash") WHERE status in ('submitting', 'pending', 'approved', 'paused');--> statement-breakpoint
select siar_isolate('template_approvals');
