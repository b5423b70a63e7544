ALTER TABLE "attempts" ADD COLUMN "charge" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "charge_rank" smallint;