ALTER TABLE "runs" ADD COLUMN "guardian" jsonb;--> statement-breakpoint
ALTER TABLE "sender_days" ADD COLUMN "turned_away" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sender_days" ADD COLUMN "wrong_numbers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sender_days" ADD COLUMN "ripe" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sender_days" ADD COLUMN "missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "guardian" jsonb;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "new_chats_locked_until" timestamp with time zone;