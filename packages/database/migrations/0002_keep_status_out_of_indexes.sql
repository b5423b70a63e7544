-- State changes of recipients must not touch an index: no index or predicate names `status`, and pages keep room for
-- the next version of a row. Rewrites no row; new pages follow the new fill factor.
DROP INDEX "recipients_run_status_idx";--> statement-breakpoint
DROP INDEX "recipients_open_idx";--> statement-breakpoint
DROP INDEX "recipients_due_idx";--> statement-breakpoint
ALTER TABLE "recipients" ALTER COLUMN "due_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "recipients" ALTER COLUMN "due_at" DROP NOT NULL;--> statement-breakpoint
UPDATE "recipients" SET "due_at" = null WHERE "status" <> 'queued' AND "due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "recipients_due_idx" ON "recipients" USING btree ("sender_id","run_id","due_at","sequence") WHERE due_at is not null;--> statement-breakpoint
ALTER TABLE "recipients" SET (fillfactor = 60);--> statement-breakpoint
ALTER TABLE "attempts" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "contacts" SET (fillfactor = 90);--> statement-breakpoint
ALTER TABLE "run_figures" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "sender_days" SET (fillfactor = 50);
