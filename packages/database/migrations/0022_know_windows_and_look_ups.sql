ALTER TABLE "addresses" ADD COLUMN "on_whatsapp" boolean;--> statement-breakpoint
ALTER TABLE "addresses" ADD COLUMN "on_whatsapp_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "ad_entry_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "free_entry_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "webhook_items" ADD COLUMN "item_count" integer;--> statement-breakpoint
CREATE INDEX "conversations_ad_entry_idx" ON "conversations" USING btree ("contact_id","sender_id") WHERE ad_entry_at is not null;