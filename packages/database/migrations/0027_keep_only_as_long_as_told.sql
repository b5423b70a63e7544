CREATE TABLE "retention_marks" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"done_until" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_marks_workspace_id_kind_pk" PRIMARY KEY("workspace_id","kind")
);
--> statement-breakpoint
CREATE INDEX "messages_at_idx" ON "messages" USING brin ("at");--> statement-breakpoint
select siar_isolate('retention_marks');
