ALTER TABLE "webhook_items" ADD COLUMN "failure" text;--> statement-breakpoint
CREATE INDEX "webhook_items_failed_idx" ON "webhook_items" USING btree ("sender_id","id") WHERE failed_at is not null;