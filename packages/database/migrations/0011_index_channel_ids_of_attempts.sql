-- Not unique: two attempts with one id of a channel would be the channel's fault and must not hold up the outcomes of
-- others. Attempts without an outcome have no entry.
DROP INDEX "attempts_channel_message_uq";--> statement-breakpoint
CREATE INDEX "attempts_channel_message_idx" ON "attempts" USING btree ("sender_id","channel_message_id") WHERE channel_message_id is not null;