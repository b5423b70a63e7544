CREATE TABLE "sender_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"sender_id" text NOT NULL,
	"call" jsonb NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "secrets_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sender_calls" ADD CONSTRAINT "sender_calls_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sender_calls_open_idx" ON "sender_calls" USING btree ("sender_id") WHERE answer is null;
--> statement-breakpoint
select siar_isolate('sender_calls');
