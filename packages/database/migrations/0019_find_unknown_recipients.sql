-- Whom nobody knows to have the message is found without reading the whole run. No index names `status` itself: the value of this column
-- changes only to and from `unknown`, so every other change of state still stays within its page. Rewrites the table once.
ALTER TABLE "recipients" ADD COLUMN "unknown_run_id" text GENERATED ALWAYS AS (case when status = 'unknown' then run_id end) STORED;--> statement-breakpoint
CREATE INDEX "recipients_unknown_idx" ON "recipients" USING btree ("unknown_run_id","sequence") WHERE unknown_run_id is not null;