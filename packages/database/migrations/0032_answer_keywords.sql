CREATE TABLE "keyword_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"address" text NOT NULL,
	"keyword" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "keyword_answers" ADD CONSTRAINT "keyword_answers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keyword_answers" ADD CONSTRAINT "keyword_answers_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "keyword_answers_contact_idx" ON "keyword_answers" USING btree ("workspace_id","contact_id","at");--> statement-breakpoint
CREATE INDEX "keyword_answers_due_idx" ON "keyword_answers" USING btree ("at") WHERE state = 'due';--> statement-breakpoint
select siar_isolate('keyword_answers');
