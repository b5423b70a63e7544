-- Campaign messages belong to no conversation: they need no entry in its index. Rebuilding it reads `messages` once.
DROP INDEX "messages_conversation_idx";--> statement-breakpoint
CREATE INDEX "messages_conversation_idx" ON "messages" USING btree ("conversation_id","at") WHERE conversation_id is not null;--> statement-breakpoint
-- Who waits and who is on the way count as one figure from here on.
INSERT INTO "run_figures" AS f (workspace_id, run_id, figure, count)
SELECT workspace_id, run_id, 'queued', sum(count) FROM "run_figures" WHERE figure IN ('claimed', 'dispatching')
GROUP BY workspace_id, run_id
ON CONFLICT (run_id, figure) DO UPDATE SET count = f.count + excluded.count;--> statement-breakpoint
DELETE FROM "run_figures" WHERE figure IN ('claimed', 'dispatching');
