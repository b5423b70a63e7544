ALTER TABLE "senders" ADD COLUMN "pairing" jsonb;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "command" jsonb;