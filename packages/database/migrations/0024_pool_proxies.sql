CREATE TABLE "egress_rules" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"senders_per_address" integer NOT NULL,
	"daily_cost_minor_max" bigint,
	"currency" text DEFAULT 'USD' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proxies" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"scheme" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"username" text DEFAULT '' NOT NULL,
	"sealed_password" "bytea",
	"revision" integer DEFAULT 1 NOT NULL,
	"class" text NOT NULL,
	"provider" text DEFAULT 'own' NOT NULL,
	"country" char(2),
	"location" text DEFAULT '' NOT NULL,
	"monthly_cost_minor" bigint,
	"currency" text DEFAULT 'USD' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"state" text DEFAULT 'unchecked' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_at" timestamp with time zone,
	"latency_ms" integer,
	"exit_address" text,
	"exit_country" char(2),
	"problem" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proxy_days" (
	"workspace_id" text NOT NULL,
	"proxy_id" text NOT NULL,
	"day" date NOT NULL,
	"checks" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"latency_ms_sum" bigint DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "proxy_days_proxy_id_day_pk" PRIMARY KEY("proxy_id","day")
);
--> statement-breakpoint
CREATE TABLE "sender_egress" (
	"workspace_id" text NOT NULL,
	"sender_id" text PRIMARY KEY NOT NULL,
	"proxy_id" text,
	"country" char(2),
	"waits" text,
	"assigned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"counted_day" date NOT NULL,
	"counted" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "egress_rules" ADD CONSTRAINT "egress_rules_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxies" ADD CONSTRAINT "proxies_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proxy_days" ADD CONSTRAINT "proxy_days_proxy_id_proxies_id_fk" FOREIGN KEY ("proxy_id") REFERENCES "public"."proxies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_egress" ADD CONSTRAINT "sender_egress_sender_id_senders_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."senders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_egress" ADD CONSTRAINT "sender_egress_proxy_id_proxies_id_fk" FOREIGN KEY ("proxy_id") REFERENCES "public"."proxies"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proxies_address_uq" ON "proxies" USING btree ("workspace_id","host","port","scheme","username");--> statement-breakpoint
CREATE INDEX "proxies_due_idx" ON "proxies" USING btree ("checked_at") WHERE enabled;--> statement-breakpoint
CREATE INDEX "sender_egress_workspace_idx" ON "sender_egress" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "sender_egress_proxy_idx" ON "sender_egress" USING btree ("proxy_id");--> statement-breakpoint
select siar_isolate('proxies'), siar_isolate('proxy_days'), siar_isolate('sender_egress'), siar_isolate('egress_rules');
